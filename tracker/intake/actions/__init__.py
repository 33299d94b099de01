"""What the office does when a suggestion arrives: one module per thing the office names."""

from tracker.intake.actions.amending import amend
from tracker.intake.actions.checking import GIVE_REASON, record_again, return_to_deputy, treat_as_letter
from tracker.intake.actions.drafting import delete_draft, must_be_as_seen, put_files, save_draft, take_file_off
from tracker.intake.actions.merging import merge, must_be_mergeable, separate
from tracker.intake.actions.numbering import next_numbers, set_pattern
from tracker.intake.actions.recording import (
    Recording,
    attach,
    note_off_line,
    record,
    record_all,
    take_signed_form,
    turn_away,
)
from tracker.intake.actions.signing import answer_signing, ask_to_sign
from tracker.intake.actions.withdrawing import answer_withdrawal, drop_withdrawal, withdraw
from tracker.intake.content import Content, Details

__all__ = [
    "turn_away",
    "take_signed_form",
    "take_file_off",
    "save_draft",
    "must_be_as_seen",
    "put_files",
    "delete_draft",
    "Content",
    "Details",
    "GIVE_REASON",
    "Recording",
    "amend",
    "answer_signing",
    "answer_withdrawal",
    "ask_to_sign",
    "attach",
    "drop_withdrawal",
    "merge",
    "must_be_mergeable",
    "next_numbers",
    "note_off_line",
    "record",
    "record_again",
    "record_all",
    "return_to_deputy",
    "separate",
    "set_pattern",
    "treat_as_letter",
    "withdraw",
]
