"""A notice that was issued stands in the issue until the body has answered it, and then the reason why it is gone."""

from datetime import date

import pytest

from tests.bulletin.test_issue import frozen
from tests.bulletin.test_what_changed import lines
from tests.escalation.city import build
from tests.notices.notice_city import BODY, an_issued
from tracker.bulletin.parts import Part
from tracker.database import db
from tracker.notices import actions
from tracker.notices.queries import number_of, of_id

BEFORE, AFTER, LATER = date(2026, 6, 15), date(2026, 6, 29), date(2026, 7, 6)  # it is to be answered by 24 June


@pytest.fixture
def city(session):
    return build()


def test_a_notice_is_listed_until_it_is_answered(city, session):
    notice, _clerk = an_issued(city)
    [item] = notice.items
    session.commit()
    [line] = lines(frozen(city, BEFORE), "notice_open")
    assert (line["thing_id"], line["note"], line["step"]) == (item.id, number_of(notice), 3)
    late = frozen(city, AFTER)
    assert [(one["thing_id"], one["days"]) for one in lines(late, "notice_overdue")] == [(item.id, 3)]
    assert "notice_overdue" not in Part(late, {"deputy": city.deputy.id, "internal": True}).counts
    said = ("人手不足。", "已成立专班。", date(2026, 7, 20))
    actions.answer(of_id(notice.id), *said, by=BODY, on=date(2026, 6, 30))
    db.session.commit()
    after = frozen(city, LATER)
    gone = [(one["was"], one["why"]) for one in lines(after, "gone") if one["was"] == "notice_overdue"]
    assert gone == [("notice_overdue", "notice_answered")]
