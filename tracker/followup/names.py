"""The words of follow-up as msgids."""

from __future__ import annotations

from tracker.errors import N_
from tracker.followup.models import Fate

FATES = {
    Fate.KEPT: N_("kept"),
    Fate.MOVED: N_("moved"),
    Fate.ON_COURSE: N_("on course"),
    Fate.BROKEN: N_("broken"),
    Fate.WITHDRAWN: N_("withdrawn"),
}
FATE_LOOKS = {
    Fate.KEPT: "ok",
    Fate.MOVED: "warn",
    Fate.ON_COURSE: "info",
    Fate.BROKEN: "bad",
    Fate.WITHDRAWN: "muted",
}
# What became of a promise, as queries.Row.state tells it: kept is what the deputy does not dispute.
STATES = {
    **{str(fate): word for fate, word in FATES.items()},
    "reported_kept": N_("reported kept, not confirmed"),
    "confirmed": N_("kept, confirmed"),
    "disputed": N_("disputed by the deputy"),
    "not_kept": N_("not kept, says the office"),
}
STATE_LOOKS = {
    **{str(fate): look for fate, look in FATE_LOOKS.items()},
    "reported_kept": "info",
    "confirmed": "ok",
    "disputed": "bad",
    "not_kept": "bad",
}
