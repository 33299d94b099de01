"""A co-signer is asked to confirm."""

from tracker.intake.letters import Line


def facts(language: str) -> dict:
    line = Line("2026-004", title(language), address="/links/example-of-a-secret/co-signing")
    return {"line": line, "lead_name": "Zhao Lead" if language == "en" else "赵领衔"}


def title(language: str) -> str:
    return "On a wider road" if language == "en" else "关于拓宽道路的建议"
