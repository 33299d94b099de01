"""The words for what stands in the structure: levels, branches, ranks, channels."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


class Branch(StrEnum):
    GOVERNMENT = "government"
    COURT = "court"
    PROCURATORATE = "procuratorate"
    SUPERVISORY_COMMISSION = "supervisory_commission"
    PARTY = "party"
    MASS_ORGANISATION = "mass_organisation"
    CONGRESS = "congress"
    ENTERPRISE = "enterprise"
    LOWER_GOVERNMENT = "lower_government"


class Rank(StrEnum):
    """An officer's place in the chain above a body."""

    HANDLER = "handler"
    DEPUTY_HEAD = "deputy_head"
    HEAD = "head"
    HUB_OFFICE = "hub_office"
    VICE_MAYOR = "vice_mayor"
    MAYOR = "mayor"
    VICE_PRESIDENT = "vice_president"
    PRESIDENT = "president"
    COMMITTEE = "committee"
    OUR_CLERK = "our_clerk"
    OUR_DIRECTOR = "our_director"
    SECRETARY_GENERAL = "secretary_general"
    DIRECTORS_MEETING = "directors_meeting"


class Channel(StrEnum):
    MAIL = "mail"
    PAPER = "paper"
    VIA_HUB = "via_hub"


class MeetingKind(StrEnum):
    MEETING = "meeting"
    RECESS = "recess"


class SuccessionKind(StrEnum):
    """How a body came from another one (机构改革)."""

    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    TRANSFERRED = "transferred"
