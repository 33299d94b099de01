"""What was recognised in a document, as it is kept while the document waits."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass
class Found:
    """The fields of the printed form, as the document gives them; nobody has confirmed them yet."""

    title: str = ""
    text: str = ""
    number: str = ""
    lead: str = ""
    co_signers: list[str] = field(default_factory=list)
    co_signers_incomplete: bool = False
    delegation: str = ""
    card_number: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    email: str = ""
    employer: str = ""
    contact_person: str = ""
    wished_body: str = ""
    submitted_on: str = ""
    category: str = ""
    publicity: str = ""
    survey_method: str = ""
    long_unsolved: bool = False
    contact_wanted: bool = False
    reference_only: bool = False
    from_name: list[str] = field(default_factory=list)
    """Fields that were taken from the file's name because the document itself does not say them."""

    def facts(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Found:
        """From what is kept; a field of another version is left out."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})
