"""The pages of pictures: each a picture with its numbers, as a page, on paper and as a workbook with native charts."""

from flask import Blueprint

from tracker.roles import BODY, OFFICE, SEES_ALL, Role

pages = Blueprint("pictures", __name__)
READERS = (*OFFICE, Role.LEADER, Role.HUB, Role.COMMITTEE, Role.AUDITOR, *BODY)
LEADERS = (*SEES_ALL, Role.HUB, Role.COMMITTEE)

from tracker.pictures.views import compared, course, listed, week  # noqa: E402

__all__ = ["LEADERS", "READERS", "compared", "course", "listed", "pages", "week"]
