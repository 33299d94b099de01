"""The words of notices as msgids."""

from __future__ import annotations

from tracker.errors import N_
from tracker.notices.models import Ended, Finding, Measure, NoticeKind
from tracker.notices.rules import State

KINDS = {
    NoticeKind.SUPERVISION: N_("Supervision notice"),
    NoticeKind.REQUEST: N_("Letter of request"),
}
STATES = {
    State.DRAFT: N_("draft, not issued"),
    State.ISSUED: N_("issued, to be answered"),
    State.OVERDUE: N_("issued, answer overdue"),
    State.ANSWERED: N_("answered, to be judged"),
    State.SATISFIED: N_("closed, satisfied"),
    State.ASKED_AGAIN: N_("closed, asked again"),
    State.WITHDRAWN: N_("withdrawn"),
    State.DROPPED: N_("dropped before it was signed"),
}
LOOKS = {
    State.DRAFT: "warn",
    State.ISSUED: "info",
    State.OVERDUE: "bad",
    State.ANSWERED: "warn",
    State.SATISFIED: "ok",
    State.ASKED_AGAIN: "muted",
    State.WITHDRAWN: "muted",
    State.DROPPED: "muted",
}
FINDINGS = {
    Finding.SATISFIED: N_("The answer is enough"),
    Finding.NOT_ENOUGH: N_("The answer is not enough: ask again"),
}
ENDED = {
    Ended.WITHDRAWN: N_("withdrawn by the office"),
    Ended.MET: N_("its clock was met before anybody signed"),
    Ended.MOVED: N_("its last day was moved before anybody signed"),
    Ended.OVERTAKEN: N_("a higher step of the ladder took its place"),
    Ended.PENDING: N_("it was marked as a pending case before anybody signed"),
}
MEASURES = {
    Measure.HEARING: N_("The body is heard"),
    Measure.CORRECTION: N_("Correction by a day"),
    Measure.INQUIRY: N_("Special inquiry"),
    Measure.NONE: N_("Nothing is ordered"),
}

# The history in sentences, the one that says most first.
NOTICES_TOLD: dict[str, tuple[str, ...]] = {
    "issue_notice": (N_("%(number)s issued, to be answered by %(answer_by)s"), N_("%(number)s issued")),
    "remind_notice": (N_("Reminded that %(number)s was not answered by %(answer_by)s"),),
    "answer_notice": (N_("%(number)s answered"),),
    "find_notice": (N_("Answer to %(number)s judged"),),
    "withdraw_notice": (N_("%(number)s withdrawn"),),
    "decide_listed": (N_("“%(meeting)s” decided: %(measure)s"),),
}
