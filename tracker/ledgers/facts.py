"""What a ledger row says, and what it leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Question:
    """A value that cannot be known: sheet row (from 1), heading as printed, the cell, and why (a msgid with values).

    `field_name` is the field of LedgerRow the value belongs to. Row 0 is the file as a whole.
    """

    row: int
    column: str
    value: str
    why: str
    field_name: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class LedgerRow:
    """What one row says. Whatever it does not say, or says in doubt, is empty; `cells` keeps it all as printed.

    `row` is the sheet row (from 1). `number` is as printed, `number_key` the same for all spellings of a number and
    empty when it cannot tell this suggestion from another. `bodies` are (name, role, proposed) with the role lead, co,
    separate or sole, the lead first. `satisfaction` and `attitude` are satisfied, mostly or dissatisfied. `publicity`
    is the deputy's wish, `reply_publicity` what the reply says of itself: public, summary, on_request or not_public.
    `internal` marks what is for named readers only.
    """

    row: int
    number: str = ""
    number_key: str = ""
    title: str = ""
    text: str = ""
    lead_deputy: str = ""
    co_signers: tuple[str, ...] = ()
    delegation: str = ""
    category: str = ""
    publicity: str = ""
    key: bool = False
    internal: bool = False
    bodies: tuple[tuple[str, str, bool], ...] = ()
    handed_over_on: date | None = None
    due_on: date | None = None
    replied_on: date | None = None
    published_on: date | None = None
    signed_on: date | None = None
    reply_text: str = ""
    class_label: str = ""
    document_number: str = ""
    reply_publicity: str = ""
    signer: str = ""
    handler: str = ""
    responsible_leader: str = ""
    supervising_leader: str = ""
    satisfaction: str = ""
    attitude: str = ""
    remark: str = ""
    cells: dict[str, str] = field(default_factory=dict)
