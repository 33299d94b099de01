"""The pages of figures, one file for each thing the office names."""

from __future__ import annotations

from flask import Blueprint

from tracker.roles import BODY, OFFICE, SEES_ALL, Role

pages = Blueprint("figures", __name__)
READERS = (*OFFICE, Role.HUB, *BODY, Role.COMMITTEE, Role.LEADER, Role.AUDITOR)
SEES_THE_WHOLE = SEES_ALL

from tracker.figures.views import behind, body, office, tables, unseen  # noqa: E402 - they register themselves

__all__ = ["behind", "body", "office", "pages", "tables", "unseen"]
