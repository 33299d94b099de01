"""What the printed form of a suggestion holds."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date

from tracker.suggestion.models import Origin, Publicity


@dataclass
class Content:
    """What the printed form holds (代表建议专用纸), field by field."""

    title: str
    text: str
    origin: Origin = Origin.MEETING
    category: str = ""
    publicity: Publicity = Publicity.UNKNOWN
    survey_method: str = ""
    lead_deputy_id: int | None = None
    delegation_id: int | None = None
    long_unsolved: bool = False
    contact_wanted: bool = False
    reference_only: bool = False
    internal: bool = False
    key: bool = False
    remark: str = ""
    submitted_on: date | None = None
    co_signer_ids: list[int] = field(default_factory=list)

    def facts(self) -> dict[str, object]:
        return {name: value for name, value in asdict(self).items() if name != "co_signer_ids"}
