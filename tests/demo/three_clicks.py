"""The walk from a leader's weekly letter to the matters handled weakest, without a browser."""

from __future__ import annotations

import re

import sqlalchemy as sa

from tracker.bulletin.models import Reader as IssueReader
from tracker.database import db
from tracker.mail.models import Letter
from tracker.people.models import User
from tracker.roles import Role
from tracker.structure.models import Rank

HEADING = "办理最为薄弱的事项及其表现"
MATTERS = 3


def walk(reader) -> int:
    """How many clicks it takes from the mail to a sign's evidence; every page on the way says what it must."""
    wanted = sa.select(Letter).join(IssueReader, IssueReader.letter_id == Letter.id)
    of_leaders = wanted.where(IssueReader.rank == Rank.DIRECTORS_MEETING).order_by(Letter.id.desc()).limit(1)
    letter = db.session.scalars(of_leaders).one()
    assert HEADING in letter.body_html
    [path] = set(re.findall(r'href="[^"]*?(/bulletins/[\w-]+)#weakest"', letter.body_html))
    leader = reader.signed_in_as(db.session.scalars(sa.select(User).where(User.role == Role.LEADER)).first())
    leader.language = "zh"
    issue = leader.read(path)
    clicks = 1
    matters = [link["href"] for link in issue.all("a") if link["href"].endswith("#signs")][:MATTERS]
    assert len(matters) == MATTERS
    for matter in matters:
        assert "弱办迹象" in leader.read(matter).text
    [first, *_] = [link["href"] for link in leader.read(matters[0]).all("a") if "/signals/" in link["href"]]
    clicks += 1
    page = leader.read(first)
    assert ("规则：" in page.text, "查看依据" in page.text) == (True, True)
    return clicks + 1
