"""Whether files go with a reader's letter, and how they are called."""

from __future__ import annotations

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from tracker.bulletin.models import Issue
from tracker.mail.outbox import Addressee
from tracker.mail.rules import is_address
from tracker.structure.models import Channel, Rank

LEADERS = frozenset(
    {
        Rank.VICE_MAYOR, Rank.MAYOR, Rank.VICE_PRESIDENT, Rank.PRESIDENT, Rank.OUR_DIRECTOR, Rank.SECRETARY_GENERAL,
        Rank.DIRECTORS_MEETING,
    }
)  # fmt: skip
ENDINGS = ("pdf", "xlsx")


def names(issue: Issue, rank: str, to: Addressee) -> list[str]:
    """The names of the files that go with a letter to this person, in his language."""
    return [name_of(issue, ending, to.language) for ending in ENDINGS] if go_with(rank, to.channel, to.address) else []


def name_of(issue: Issue, ending: str, language: str) -> str:
    with force_locale(language):
        return f"{_('Weekly bulletin no. %(number)s', number=issue.number)} {issue.week}.{ending}"


def go_with(rank: str, channel: str, address: str | None) -> bool:
    """With the letters of leaders that are mailed; never where only numbers may leave the building."""
    leave = current_app.config["SMTP_URL"] and current_app.config["MAIL_DETAIL"] != "numbers"
    return bool(leave) and rank in LEADERS and channel == Channel.MAIL and is_address((address or "").strip())
