"""What the printed form of a suggestion holds."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from tracker.intake.models import Nature, Sheet
from tracker.suggestion.models import Origin, Publicity


@dataclass(frozen=True)
class Details:
    """What the form says beyond what every list needs; most forms leave most of it empty.

    `source` and `source_number` say where it comes from: the motion, the report, who heard it, the other office.
    """

    nature: Nature = Nature.SUGGESTION
    unsolved_for: str = ""
    co_signers_wanted: bool = False
    wished_body: str = ""
    wished_way: str = ""
    contact_person: str = ""
    contact_phone: str = ""
    contact_address: str = ""
    source: str = ""
    source_number: str = ""
    on_paper: bool = False

    @classmethod
    def of(cls, sheet: Sheet | None) -> Details:
        """What is kept of a suggestion's form; where no row is, nothing more was said."""
        return cls(**{one.name: getattr(sheet, one.name) for one in fields(cls)}) if sheet else cls()

    def facts(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}


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
    details: Details = Details()

    def facts(self) -> dict[str, object]:
        """What the suggestion's own row keeps."""
        return {
            one.name: getattr(self, one.name) for one in fields(self) if one.name not in ("co_signer_ids", "details")
        }

    def typed(self) -> list[str]:
        """Everything somebody typed: no part of it may carry a secrecy marking."""
        said = self.details.facts().values()
        return [self.title, self.text, self.remark, *(str(one) for one in said if isinstance(one, str))]
