"""A suggestion with everything that is fixed: a reply with its scan, and a rating."""

import io

import pytest
from werkzeug.datastructures import FileStorage

from tests import makers
from tests.handling.papers import SCAN
from tracker import clock
from tracker.actor import SYSTEM
from tracker.feedback import actions as feedback
from tracker.feedback.models import RatingChannel, Verdict
from tracker.files import store
from tracker.handling import actions as handling
from tracker.handling.queries import get_reply
from tracker.schedule.jobs import seal_history

ON = makers.HANDED_OVER_ON


@pytest.fixture
def case(session, stopped_clock):
    """A reply with its scan, delivered and rated, and the night after it."""
    stopped_clock(ON)
    made = makers.a_case()
    reply = makers.a_submitted_reply(made.lead, ON)
    made.file = store.keep(FileStorage(io.BytesIO(SCAN), filename="答复.pdf"), by=SYSTEM, at=clock.now())
    handling.attach(reply, made.file)
    handling.deliver(reply, made.lead, by=made.by_office, on=ON)
    facts = {"channel": RatingChannel.LINK, "by": made.by_office, "on": ON}
    delivered = get_reply(reply.id, made.clerk)
    feedback.rate(delivered, made.deputy, Verdict.SATISFIED, Verdict.SATISFIED, "路灯已装好", **facts)
    session.commit()
    seal_history(ON)
    return made
