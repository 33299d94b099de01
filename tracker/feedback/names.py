"""The words of ratings as msgids."""

from __future__ import annotations

from tracker.errors import N_
from tracker.feedback.models import RatingChannel, Verdict

VERDICTS = {
    Verdict.SATISFIED: N_("satisfied"),
    Verdict.MOSTLY: N_("mostly satisfied"),
    Verdict.DISSATISFIED: N_("dissatisfied"),
}
VERDICT_LOOKS = {Verdict.SATISFIED: "ok", Verdict.MOSTLY: "info", Verdict.DISSATISFIED: "bad"}
CHANNELS = {
    RatingChannel.LINK: N_("by mailed link"),
    RatingChannel.ACCOUNT: N_("by account"),
    RatingChannel.PAPER: N_("from signed paper"),
    RatingChannel.LEDGER: N_("from an old ledger"),
}
