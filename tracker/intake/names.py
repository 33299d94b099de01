"""The words of intake as readers see them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

from tracker.suggestion.models import Origin, Publicity

ORIGINS: dict[Origin, Any] = {
    Origin.MEETING: _l("Handed in at the meeting"),
    Origin.RECESS: _l("Handed in during the recess"),
    Origin.MOTION: _l("Motion turned into a suggestion"),
    Origin.INSPECTION: _l("From an inspection or survey"),
    Origin.ORAL: _l("Made orally at a meeting"),
    Origin.FROM_ABOVE: _l("Passed down from a higher congress"),
    Origin.FROM_BELOW: _l("Passed up from a lower congress"),
}
PUBLICITIES: dict[Publicity, Any] = {
    Publicity.UNKNOWN: _l("The deputy has not said"),
    Publicity.FULL: _l("The whole text may be published"),
    Publicity.TITLE_ONLY: _l("Only the title may be published"),
    Publicity.NO: _l("Nothing may be published"),
}
SURVEYS: dict[str, Any] = {
    "": _l("Not said"),
    "survey": _l("A survey on the subject"),
    "talks": _l("Talks with those concerned"),
    "visits": _l("Visits to residents"),
    "station": _l("At the deputies' station"),
    "other": _l("Another way"),
}
DECISIONS: dict[str, Any] = {
    "return_to_deputy": _l("Return it to the deputy for correction"),
    "treat_as_letter": _l("Treat it as a letter"),
}


@cache
def _categories() -> tuple[tuple[str, str], ...]:
    read = tomllib.loads((Path(__file__).parent / "categories.toml").read_text(encoding="utf-8"))
    return tuple((one["zh"], one["en"]) for one in read["category"])


def category_name(kept: str) -> str:
    """A subject in the reader's language where it is one of the usual ones, else as it was written."""
    return dict(_categories()).get(kept, kept) if str(get_locale()).startswith("en") else kept


def usual_categories() -> list[str]:
    return [zh for zh, _en in _categories()]
