"""The lead deputy gets the reply and is asked to rate it."""

from tracker.dispatch.letters import Line


def facts(language: str) -> dict:
    en = language == "en"
    return {
        "line": Line("2026-004", "On a wider road" if en else "关于拓宽道路的建议", part="sole"),
        "body_name": "The Transport Bureau" if en else "市交通局",
        "document_number": "No. 31 of 2026" if en else "临交〔2026〕31号",
        "class_label": "A",
        "address": "/links/example-of-a-secret/rating",
        "is_lead": True,
        "is_liaison": False,
        "own_number": "",
    }
