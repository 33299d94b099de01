"""What the office does when a suggestion arrives: one module per thing the office names."""

from tracker.intake.actions.amending import amend
from tracker.intake.actions.checking import GIVE_REASON, record_again, return_to_deputy, treat_as_letter, withdraw
from tracker.intake.actions.recording import attach, note_off_line, record
from tracker.intake.content import Content

__all__ = [
    "Content",
    "GIVE_REASON",
    "amend",
    "attach",
    "note_off_line",
    "record",
    "record_again",
    "return_to_deputy",
    "treat_as_letter",
    "withdraw",
]
