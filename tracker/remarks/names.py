"""The words of remarks as msgids."""

from __future__ import annotations

from tracker.errors import N_
from tracker.remarks.rules import Audience

AUDIENCES = {
    Audience.OFFICE: N_("only the office"),
    Audience.HUB: N_("office and hub"),
    Audience.ALL: N_("all who handle it"),
    Audience.DEPUTY: N_("all who handle it, and the deputy"),
}
