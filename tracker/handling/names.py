"""The words of the handling as msgids; translated where they are shown."""

from __future__ import annotations

from tracker.deadlines.clauses import Outcome
from tracker.dispatch.models import Part
from tracker.errors import N_
from tracker.handling.models import Manner, ReplyPublicity, Way

PARTS = {
    Part.LEAD: N_("lead"),
    Part.JOINT: N_("joint lead"),
    Part.CO: N_("co-handler"),
    Part.SEPARATE: N_("separate handling"),
    Part.SOLE: N_("sole handling"),
}
MANNERS = {
    Manner.VISIT: N_("visit"),
    Manner.MEETING: N_("meeting"),
    Manner.PHONE: N_("phone"),
    Manner.LETTER: N_("letter"),
}
WAYS = {
    Way.SYSTEM: N_("this system"),
    Way.EXCHANGE: N_("official document exchange"),
    Way.PAPER: N_("on paper"),
    Way.HANDED_OVER: N_("handed over in person"),
}
PUBLICITIES = {
    ReplyPublicity.FULL: N_("may be published in full"),
    ReplyPublicity.PART: N_("may be published in part"),
    ReplyPublicity.ON_REQUEST: N_("on request only"),
    ReplyPublicity.NO: N_("not to be published"),
}
OUTCOMES = {
    Outcome.SOLVED: N_("solved"),
    Outcome.PARTLY_SOLVED: N_("partly solved"),
    Outcome.IN_PROGRESS_THIS_YEAR: N_("being solved this year"),
    Outcome.PLANNED: N_("planned"),
    Outcome.NOT_NOW: N_("cannot be solved now"),
    Outcome.NOT_FEASIBLE: N_("not feasible"),
    Outcome.HIGHER_AUTHORITY: N_("for a higher authority"),
    Outcome.REFERENCE_ONLY: N_("kept for reference"),
}
