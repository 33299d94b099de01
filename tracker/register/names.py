"""The words of a suggestion's facts: those of intake and handling, and a few more as msgids."""

from __future__ import annotations

from functools import cache

from tracker.deadlines.models import Holder
from tracker.errors import N_
from tracker.feedback.models import Verdict
from tracker.handling.names import MANNERS, PARTS
from tracker.intake.names import ORIGINS, PUBLICITIES, SURVEYS, category_name
from tracker.structure.models import Branch
from tracker.suggestion.journey import NAMES, Stage
from tracker.web.languages import gettext as _
from tracker.web.languages import spoken_now

__all__ = [
    "BRANCHES",
    "FIELDS",
    "HOLDERS",
    "MANNERS",
    "ORIGINS",
    "PARTS",
    "PUBLICITIES",
    "STAGE_LOOKS",
    "SURVEYS",
    "VERDICTS",
    "category_name",
    "stages",
]

VERDICTS = {
    Verdict.SATISFIED: N_("satisfied"),
    Verdict.MOSTLY: N_("mostly satisfied"),
    Verdict.DISSATISFIED: N_("dissatisfied"),
}
BRANCHES = {
    Branch.GOVERNMENT: N_("Government"),
    Branch.COURT: N_("Court"),
    Branch.PROCURATORATE: N_("Procuratorate"),
    Branch.SUPERVISORY_COMMISSION: N_("Supervisory commission"),
    Branch.PARTY: N_("Party organs"),
    Branch.MASS_ORGANISATION: N_("Mass organisations"),
    Branch.CONGRESS: N_("The congress's own"),
    Branch.ENTERPRISE: N_("State firms"),
    Branch.LOWER_GOVERNMENT: N_("Lower governments"),
}
HOLDERS = {
    Holder.OFFICE: N_("our office"),
    Holder.HUB: N_("the hub"),
    Holder.BODY: N_("the body"),
    Holder.DEPUTY: N_("the deputy"),
}
FIELDS = {
    "title": N_("Title"),
    "text": N_("Text"),
    "origin": N_("Origin"),
    "category": N_("Category"),
    "publicity": N_("Publicity"),
    "survey_method": N_("How it was looked into"),
    "lead_deputy_id": N_("Lead deputy"),
    "delegation_id": N_("Delegation"),
    "long_unsolved": N_("Long unsolved"),
    "contact_wanted": N_("Wishes to be contacted"),
    "reference_only": N_("For reference only"),
    "internal": N_("Internal"),
    "key": N_("Key item"),
    "remark": N_("Remark"),
    "submitted_on": N_("Submitted on"),
    "co_signers": N_("Co-signers"),
    "attachments": N_("Attachments"),
    "signed_form": N_("Signed form"),
    "nature": N_("Suggestion, criticism or opinion"),
    "unsolved_for": N_("Made and not solved for"),
    "co_signers_wanted": N_("Others may co-sign"),
    "wished_body": N_("Body the deputy wishes to answer"),
    "wished_way": N_("How it should be handled"),
    "contact_person": N_("Contact person"),
    "contact_phone": N_("Phone"),
    "contact_address": N_("Postal address and code"),
    "source": N_("Where it comes from"),
    "source_number": N_("Its number there"),
    "on_paper": N_("Entered from paper"),
}
# How a stage looks in a list: nothing done yet, under way, waiting for somebody, done.
STAGE_LOOKS = {
    Stage.DRAFT: "muted",
    Stage.RECORDED: "warn",
    Stage.RETURNED_TO_DEPUTY: "warn",
    Stage.LETTER: "muted",
    Stage.WITHDRAWN: "muted",
    Stage.MERGED: "muted",
    Stage.HANDED_OVER: "info",
    Stage.ANSWERED: "info",
    Stage.RATED: "ok",
    Stage.CLOSED: "ok",
}


def stages() -> dict[Stage, tuple[str, str]]:
    """Every stage with its word in the language spoken now and its look."""
    return _stages(spoken_now())


@cache
def _stages(_language: str) -> dict[Stage, tuple[str, str]]:
    return {stage: (_(NAMES[stage]), look) for stage, look in STAGE_LOOKS.items()}


# Why a clock no longer holds, in words.
VOIDED = {
    "answered_without": N_("the lead answered without it"),
    "closed": N_("the suggestion was closed"),
    "handled_again": N_("it is handled again"),
    "joined": N_("joined with another part of the same body"),
    "lead_changed": N_("the lead was changed"),
    "passed_on": N_("dispatched onward"),
    "rated_anew": N_("it was rated anew"),
    "recalled": N_("recalled by the office"),
    "returned": N_("returned by the body"),
    "signed_for_earlier": N_("signed for earlier: counted from that day"),
    "withdrawn": N_("withdrawn by the deputies"),
}
