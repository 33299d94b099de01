"""The roles there are; what each may open is written on the pages."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    OFFICE_CLERK = "office_clerk"
    OFFICE_LEADER = "office_leader"
    HUB = "hub"
    BODY_HANDLER = "body_handler"
    BODY_LEADER = "body_leader"
    DEPUTY = "deputy"
    COMMITTEE = "committee"
    LEADER = "leader"
    AUDITOR = "auditor"
    ADMIN = "admin"


OFFICE = (Role.OFFICE_CLERK, Role.OFFICE_LEADER)
BODY = (Role.BODY_HANDLER, Role.BODY_LEADER)
SEES_ALL = (*OFFICE, Role.LEADER, Role.AUDITOR)
SEES_CONTENT = tuple(role for role in Role if role is not Role.ADMIN)
EVERYBODY = tuple(Role)
