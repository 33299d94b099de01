"""The words of ratings as msgids."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from tracker.deadlines.chosen import Aspect
from tracker.errors import N_
from tracker.feedback.models import Finding, RatingChannel, Verdict

VERDICTS = {
    Verdict.SATISFIED: N_("satisfied"),
    Verdict.MOSTLY: N_("mostly satisfied"),
    Verdict.DISSATISFIED: N_("dissatisfied"),
}
VERDICT_LOOKS = {Verdict.SATISFIED: "ok", Verdict.MOSTLY: "info", Verdict.DISSATISFIED: "bad"}
# What each aspect asks, in the words of the form.
QUESTIONS = {
    Aspect.ATTITUDE: _l("Attitude: how you were treated"),
    Aspect.RESULT: _l("Result: what came of it"),
    Aspect.CONTACT: _l("Contact: how you were spoken with"),
    Aspect.REPLY: _l("Reply: how well it answers"),
    Aspect.OVERALL: _l("All in all"),
}
MISSING = {
    Aspect.ATTITUDE: _l("Rate the attitude."),
    Aspect.RESULT: _l("Rate the result."),
    Aspect.CONTACT: _l("Rate the contact."),
    Aspect.REPLY: _l("Rate the reply."),
    Aspect.OVERALL: _l("Rate it all in all."),
}
FINDINGS = {
    Finding.AGAIN: N_("it is handled again"),
    Finding.EXPLAINED: N_("it was explained to the deputy"),
}
CHANNELS = {
    RatingChannel.LINK: N_("by mailed link"),
    RatingChannel.ACCOUNT: N_("by account"),
    RatingChannel.PAPER: N_("from signed paper"),
    RatingChannel.LEDGER: N_("from an old ledger"),
}
