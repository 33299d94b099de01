"""A body's account never rates, nor its hub's, nor whoever watches: every such role at every page of ratings."""

from __future__ import annotations

from datetime import date

import pytest

from tests.feedback.law import with_law
from tests.makers import a_body, a_case, a_handling_link, a_submitted_reply, a_user, with_reading_by
from tracker.actor import Actor
from tracker.database import db
from tracker.errors import RuleBroken
from tracker.feedback.actions import rate
from tracker.feedback.models import RatingChannel, Verdict
from tracker.handling.actions import deliver
from tracker.roles import BODY, Role

ON = date(2026, 5, 6)
FORM = {
    "attitude": "satisfied", "result": "satisfied", "comment": "x", "finding": "again", "note": "x", "reason": "x",
    "deputy_id": "1", "on": "2026-05-06",
}  # fmt: skip
OTHERS = (Role.COMMITTEE, Role.LEADER, Role.AUDITOR, Role.ADMIN)


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(ON)
    made = a_case()
    with_reading_by("office", made.congress)
    with_law(made.congress, rehandling="studied")
    made.reply = a_submitted_reply(made.lead, ON)
    deliver(made.reply, made.lead, by=made.by_office, on=ON)
    made.reply.assignment = made.lead
    made.rating = rate(
        made.reply, made.deputy, Verdict.SATISFIED, Verdict.DISSATISFIED, "没有解决",
        channel=RatingChannel.LINK, by=Actor("link", None, "赵代表"), on=ON,
    )  # fmt: skip
    return made


@pytest.mark.parametrize("role", [*BODY, Role.HUB, *OTHERS])
@pytest.mark.parametrize("of", ["own body", "other body", "hub"])
def test_nobody_else_opens_or_sends_a_page_of_ratings(case, reader, role, of):
    bodies = {"own body": case.lead.body_id, "other body": case.co.body_id}
    body_id = bodies.get(of) or a_body(case.congress, "市政府办", is_hub=True).id
    with_body = {} if role in (Role.LEADER, Role.AUDITOR, Role.ADMIN) else {"body_id": body_id}
    visitor = reader.signed_in_as(a_user(case.congress, role, **with_body))
    db.session.commit()
    pages = [f"/replies/{case.reply.id}/rating", f"/ratings/{case.rating.id}/study", "/ratings"]
    for path in [*pages, f"/ratings/{case.rating.id}/scan"]:
        visitor.read(path, expect=403)
    for path in [*pages[:2], f"/replies/{case.reply.id}/rating/confirmation"]:
        visitor.send(path, FORM, expect=403)
    db.session.refresh(case.rating)
    assert (case.rating.version, case.lead.round) == (1, 1)


def test_a_bodys_mailed_link_opens_no_rating_either(case, reader):
    link = a_handling_link(case.lead)
    db.session.commit()
    reader.read(f"{link}/rating", expect=403)
    reader.read(f"{link}/outcome", expect=403)
    reader.send(f"{link}/rating", FORM, expect=403)


@pytest.mark.parametrize("whose", ["lead", "co"])
def test_no_body_enters_a_rating_not_even_another_one(case, whose):
    by = Actor("user", 1, "某人", getattr(case, whose).body_id)
    with pytest.raises(RuleBroken, match="never enters a rating"):
        rate(
            case.reply, case.signer, Verdict.SATISFIED, Verdict.SATISFIED, "",
            channel=RatingChannel.ACCOUNT, by=by, on=ON,
        )  # fmt: skip
