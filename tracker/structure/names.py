"""The words of the structure as readers see them."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from tracker.structure.models import Branch, Channel, Level, MeetingKind, Rank, SuccessionKind

LEVELS: dict[Level, Any] = {
    Level.PROVINCE: _l("Province"),
    Level.CITY: _l("City"),
    Level.COUNTY: _l("County or district"),
    Level.TOWNSHIP: _l("Township"),
}
BRANCHES: dict[Branch, Any] = {
    Branch.GOVERNMENT: _l("Government"),
    Branch.COURT: _l("Court"),
    Branch.PROCURATORATE: _l("Procuratorate"),
    Branch.SUPERVISORY_COMMISSION: _l("Supervisory commission"),
    Branch.PARTY: _l("Party organs"),
    Branch.MASS_ORGANISATION: _l("Mass organisations"),
    Branch.CONGRESS: _l("The congress itself"),
    Branch.ENTERPRISE: _l("Enterprises"),
    Branch.LOWER_GOVERNMENT: _l("Lower governments"),
}
RANKS: dict[Rank, Any] = {
    Rank.HANDLER: _l("Handler"),
    Rank.DEPUTY_HEAD: _l("Deputy head in charge"),
    Rank.HEAD: _l("Head of the body"),
    Rank.HUB_OFFICE: _l("Office of the hub"),
    Rank.VICE_MAYOR: _l("Vice-mayor"),
    Rank.MAYOR: _l("Mayor"),
    Rank.VICE_PRESIDENT: _l("Vice-president"),
    Rank.PRESIDENT: _l("President or chief"),
    Rank.COMMITTEE: _l("Special committee"),
    Rank.OUR_CLERK: _l("Our clerk"),
    Rank.OUR_DIRECTOR: _l("Our director"),
    Rank.SECRETARY_GENERAL: _l("Secretary-general"),
    Rank.DIRECTORS_MEETING: _l("Directors' meeting"),
}
CHANNELS: dict[Channel, Any] = {
    Channel.MAIL: _l("Mail"),
    Channel.PAPER: _l("On paper"),
    Channel.VIA_HUB: _l("Through the hub"),
}
MEETING_KINDS: dict[MeetingKind, Any] = {
    MeetingKind.MEETING: _l("Meeting"),
    MeetingKind.RECESS: _l("Recess"),
}
SUCCESSIONS: dict[SuccessionKind, Any] = {
    SuccessionKind.RENAMED: _l("renamed"),
    SuccessionKind.MERGED: _l("merged"),
    SuccessionKind.SPLIT: _l("split"),
    SuccessionKind.TRANSFERRED: _l("a part of its work transferred"),
}
# What acts for the congress between its meetings: a township has a presidium and no standing committee.
STANDING_ORGANS: dict[Level, Any] = {
    Level.PROVINCE: _l("Standing committee"),
    Level.CITY: _l("Standing committee"),
    Level.COUNTY: _l("Standing committee"),
    Level.TOWNSHIP: _l("Presidium"),
}
