"""What a body answered before to the same matter stands beside what it answers now."""

import pytest
import sqlalchemy as sa

from tests.makers import CLERK, a_handling_link, assignments_of
from tests.recurrence.conftest import AGAIN, ANSWERED_ON, OTHER_TEXT, THIS_YEAR, TITLE, answered, handed, recorded
from tracker.database import db
from tracker.dispatch.models import Part
from tracker.handling.actions import publish
from tracker.handling.models import Reply
from tracker.roles import Role

pytestmark = pytest.mark.engines("sqlite")


def page_of(town, reader, suggestion, body="roads"):
    [assignment] = assignments_of(suggestion)
    user = town.user(Role.BODY_HANDLER, body)
    db.session.commit()
    return reader.signed_in_as(user).read(f"/assignments/{assignment.id}")


def test_the_body_reads_its_own_earlier_reply(town, reader):
    handed(town.city, town.now, THIS_YEAR, roads=Part.SOLE)
    page = page_of(town, reader, town.now)
    assert "Answered before" in page.text
    assert TITLE in page.text
    assert ANSWERED_ON.isoformat() in page.text


def test_another_body_is_shown_nothing_of_it(town, reader):
    handed(town.city, town.now, THIS_YEAR, schools=Part.SOLE)
    assert "Answered before" not in page_of(town, reader, town.now, "schools").text


def test_what_is_not_delivered_or_not_alike_is_not_shown(town, reader):
    other = recorded(town.city, "关于推广秸秆还田技术的建议", OTHER_TEXT, THIS_YEAR)
    handed(town.city, other, THIS_YEAR, roads=Part.SOLE)
    assert "Answered before" not in page_of(town, reader, other).text


def test_by_a_mailed_link_only_what_is_published_is_read(town, reader, session):
    handed(town.city, town.now, THIS_YEAR, roads=Part.SOLE)
    [assignment] = assignments_of(town.now)
    link = a_handling_link(assignment)
    session.commit()
    assert "Answered before" not in reader.read(link).text
    [then] = assignments_of(town.then)
    reply = session.scalars(sa.select(Reply).where(Reply.assignment_id == then.id)).one()
    publish(reply, then, "市人大网", by=CLERK, on=THIS_YEAR)
    session.commit()
    page = reader.read(link)
    assert "Answered before" in page.text
    assert TITLE not in page.links()


def test_two_years_of_one_matter_stand_with_the_nearest_first(town, reader):
    second = recorded(town.city, AGAIN, town.then.text, ANSWERED_ON)
    handed(town.city, second, ANSWERED_ON, roads=Part.SOLE)
    answered(second, THIS_YEAR, class_label="B")
    handed(town.city, town.now, THIS_YEAR, roads=Part.SOLE)
    page = page_of(town, reader, town.now)
    assert len([one for one in page.all("article") if "class" in one.text]) == 2
