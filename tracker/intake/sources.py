"""What each origin needs, so that a suggestion can be found where it comes from. Pure."""

from __future__ import annotations

from tracker.errors import N_, RuleBroken
from tracker.suggestion.models import Origin

# Of each origin: whether it needs a name (report, hearer, office), whether a number, and the sentence that says so.
NEEDS: dict[Origin, tuple[bool, bool, str]] = {
    Origin.MOTION: (False, True, N_("A motion turned into a suggestion needs the motion's number.")),
    Origin.INSPECTION: (True, False, N_("From an inspection or survey: name its report.")),
    Origin.ORAL: (True, False, N_("Made orally at a meeting: name who heard it.")),
    Origin.FROM_ABOVE: (True, True, N_("Passed down: name the office it came from and its number there.")),
    Origin.FROM_BELOW: (True, True, N_("Passed up: name the office it came from and its number there.")),
}


def must_say_source(origin: Origin, source: str, source_number: str) -> None:
    """
    :raises RuleBroken: what this origin needs is missing.
    """
    wants_name, wants_number, sentence = NEEDS.get(origin, (False, False, ""))
    if (wants_name and not source.strip()) or (wants_number and not source_number.strip()):
        raise RuleBroken(sentence)
