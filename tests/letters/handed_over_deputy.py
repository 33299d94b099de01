"""A deputy with two suggestions, one of them internal."""

from datetime import date

from tracker.dispatch.letters import Line

TO = "deputy:1"


def facts(language: str) -> dict:
    en = language == "en"
    title = "On a wider road" if en else "关于拓宽道路的建议"
    bodies = "Transport Bureau" if en else "市交通局、市财政局"
    return {
        "lines": [Line("2026-004", title, bodies=bodies), Line("2026-020", "", bodies=bodies)],
        "on": date(2026, 3, 2),
        "document_number": "No. 5 of 2026" if en else "临人办〔2026〕5号",
    }
