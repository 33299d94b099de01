"""The words of follow-up as msgids."""

from __future__ import annotations

from tracker.errors import N_
from tracker.followup.models import Fate

FATES = {
    Fate.KEPT: N_("kept"),
    Fate.MOVED: N_("moved"),
    Fate.BROKEN: N_("broken"),
    Fate.WITHDRAWN: N_("withdrawn"),
}
FATE_LOOKS = {Fate.KEPT: "ok", Fate.MOVED: "warn", Fate.BROKEN: "bad", Fate.WITHDRAWN: "muted"}
