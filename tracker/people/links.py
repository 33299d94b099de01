"""Pages opened with a mailed link stay inside it; a link that has ended says so and keeps what was typed."""

from __future__ import annotations

from typing import Any

from flask import Response, g, make_response, render_template

from tracker.people.visitors import link_token
from tracker.web.typed import typed


def tell_if_ended(response: Response) -> Response:
    """In place of the way to the sign-in: the link is unknown or over, what to do, and the text typed."""
    if link_token() is None or g.get("visitor") is not None or response.status_code not in (302, 401):
        return response
    return make_response(render_template("people/link_ended.html", typed=typed()), 401)


def frame() -> dict[str, Any]:
    """Whoever came by a link has no menu."""
    by_link = link_token() is not None
    return {"by_link": by_link, "frame": "layouts/plain.html" if by_link else "layouts/page.html"}
