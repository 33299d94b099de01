"""Pictures drawn by the server: where bars, columns and lines stand. Pure.

Across, everything is told in percent of the width and down in pixels, so that one picture fits a phone, a screen and a
sheet of paper while its words keep their size. What puts it on the page are templates/components/chart_*.html.
"""
