"""What a job counts, in words."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from tracker.errors import N_

COUNTS = {
    "asides": N_("addresses forgotten"),
    "attempts": N_("old tries to sign in"),
    "cleared": N_("signs cleared"),
    "compared": N_("compared"),
    "files": N_("files"),
    "found": N_("found"),
    "kept": N_("kept to be printed"),
    "letters": N_("letters"),
    "lost": N_("not arrived"),
    "minutes": N_("old rounds"),
    "networks": N_("networks forgotten"),
    "overdue": N_("overdue"),
    "presses": N_("old forms"),
    "promises": N_("promises"),
    "raised": N_("signs raised"),
    "recipients": N_("recipients"),
    "removed": N_("removed"),
    "rows": N_("rows"),
    "sent": N_("sent"),
}


def counted(counts: Iterable[tuple[str, int]]) -> str:
    """What came of a run; what is nought is not told."""
    return ", ".join(f"{_(COUNTS.get(name, name))} {count}" for name, count in counts if count)


def slot_text(slot: str) -> str:
    """The slot as other moments are written (`2026-12-01 00:30`); days and weeks stay as they are."""
    return slot.replace("T", " ")
