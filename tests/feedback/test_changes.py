"""A change of mind is a new version with a reason, beside the old one; the latest counts, nothing is overwritten."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from tests.feedback.law import with_law
from tests.makers import a_case, a_rating_link, a_submitted_reply, with_reading_by
from tracker.actor import Actor
from tracker.database import db
from tracker.deadlines.chosen import Aspect
from tracker.errors import RuleBroken
from tracker.feedback import queries
from tracker.feedback.actions import rate
from tracker.feedback.models import Rating, RatingChannel, Verdict
from tracker.feedback.rates import shares
from tracker.feedback.versions import versions_of, worst_results
from tracker.handling.actions import deliver
from tracker.suggestion.models import Entry

ON, LATER = date(2026, 5, 6), date(2026, 5, 12)
GOOD, FAIR, BAD = Verdict.SATISFIED, Verdict.MOSTLY, Verdict.DISSATISFIED


@pytest.fixture
def case(session, stopped_clock):
    stopped_clock(LATER)
    made = a_case()
    with_reading_by("office", made.congress)
    made.reply = a_submitted_reply(made.lead, ON)
    deliver(made.reply, made.lead, by=made.by_office, on=ON)
    made.reply.assignment = made.lead
    return made


def say(case, result, reason="", comment="", on=ON, deputy=None, **more):
    deputy = deputy or case.deputy
    by = Actor("link", None, deputy.name)
    said = {"channel": RatingChannel.LINK, "by": by, "on": on, "reason": reason, **more}
    return rate(case.reply, deputy, GOOD, result, comment or ("没有解决" if result is BAD else ""), **said)


def test_without_a_reason_nothing_is_changed(case):
    say(case, GOOD)
    with pytest.raises(RuleBroken, match="say why"):
        say(case, FAIR)
    with pytest.raises(RuleBroken, match="the same as before"):
        say(case, GOOD, reason="再想想")
    say(case, FAIR, reason="先改", on=LATER)
    with pytest.raises(RuleBroken, match="The rating it changes"):
        say(case, GOOD, reason="再想想", on=ON)


def test_the_new_version_stands_beside_the_old_one_and_counts(case, session):
    say(case, FAIR)
    say(case, GOOD, reason="路修好了", on=LATER)
    kept = session.execute(sa.select(Rating.version, Rating.result, Rating.reason).order_by(Rating.version)).all()
    assert [tuple(one) for one in kept] == [(1, FAIR, ""), (2, GOOD, "路修好了")]
    [said] = versions_of(queries.ratings_of(case.suggestion.id))
    assert (said.now.result, [one.result for one in said.before]) == (GOOD, [FAIR])
    assert worst_results([case.lead.id]) == {case.suggestion.id: GOOD}
    assert shares(case.clerk, LATER).counts == {GOOD: 1, FAIR: 0, BAD: 0}
    [line] = session.scalars(sa.select(Entry).where(Entry.move == "change_rating"))
    assert (line.facts["from_result"], line.facts["result"]) == ("mostly", "satisfied")
    assert "路修好了" not in str(line.facts)  # the reason is for the office, like the comment


def test_a_flip_from_dissatisfied_is_seen(case):
    with_law(case.congress, rehandling="studied")
    say(case, BAD)
    say(case, GOOD, reason="当面说明了", on=LATER)
    [said] = versions_of(queries.ratings_of(case.suggestion.id))
    assert said.flipped
    assert db.session.scalars(queries.dissatisfied(case.clerk)).all() == []
    assert [one.reason for one in db.session.scalars(queries.changed(case.clerk)).unique()] == ["当面说明了"]


def test_what_is_handled_again_is_not_judged_anew(case):
    with_law(case.congress, rehandling="at_once")
    say(case, BAD)
    with pytest.raises(RuleBroken, match="rate the new reply"):
        say(case, GOOD, reason="算了", on=LATER)


def test_a_co_signers_change_stands_beside_too(case, session):
    say(case, FAIR, deputy=case.signer)
    say(case, BAD, reason="又坏了", deputy=case.signer, on=LATER)
    moves = session.scalars(sa.select(Entry.move).where(Entry.move.in_(("rate_beside", "change_rating")))).all()
    assert moves == ["rate_beside", "rate_beside"]
    assert shares(case.clerk, LATER).rated == 0


def test_a_congress_that_asks_more_gets_an_answer_to_everything(case):
    with_law(case.congress, rates=["overall", "contact", "attitude", "result"])
    with pytest.raises(RuleBroken, match="everything that is asked"):
        say(case, GOOD)
    with pytest.raises(RuleBroken, match="why you are dissatisfied"):
        rate(
            case.reply, case.deputy, GOOD, GOOD, "", channel=RatingChannel.LINK, by=Actor("link", None, "赵"), on=ON,
            further={Aspect.CONTACT: BAD, Aspect.OVERALL: FAIR},
        )  # fmt: skip
    made = say(case, GOOD, further={Aspect.CONTACT: FAIR, Aspect.OVERALL: GOOD})
    assert list(made.said) == [Aspect.ATTITUDE, Aspect.RESULT, Aspect.CONTACT, Aspect.OVERALL]


def test_the_form_asks_what_the_congress_rates_and_the_change_is_made_there(case, reader):
    with_law(case.congress, rates=["attitude", "result", "reply"])
    path = f"{a_rating_link(case.reply, case.deputy)}/rating"
    db.session.commit()
    page = reader.read(path)
    assert len([one for one in page.all("input") if one["type"] == "radio"]) == 9
    said = {"attitude": "satisfied", "result": "mostly", "answer": "satisfied", "comment": ""}
    reader.send(path, said)
    page = reader.read(path)
    assert "You have changed your mind?" in page.text
    assert "say why" in reader.send(path, {**said, "result": "satisfied"}).text
    page = reader.send(path, {**said, "result": "satisfied", "reason": "路通了"})
    assert "Before that" in page.text
    assert "路通了" in page.text


def test_silence_is_shown_and_in_no_share(case, reader, stopped_clock):
    stopped_clock(date(2026, 6, 30))
    found = shares(case.clerk, date(2026, 6, 30))
    assert (found.rated, found.not_rated, found.awaited) == (0, 1, 0)
    db.session.commit()
    office = reader.signed_in_as(case.clerk)
    assert len(office.read("/ratings?show=not_rated").rows()) == 1
    assert "1 not rated in time" in office.read("/ratings").text
    assert "silence is no satisfaction" in office.read(f"/suggestions/{case.suggestion.id}").text
    assert case.suggestion.title in office.read("/suggestions?rating=not_rated").text
    assert "not rated in time" in office.read("/suggestions").text
    assert office.read("/suggestions?rating=satisfied").rows() == []
