"""Reported kept is not kept: the deputy confirms it or disputes it, and the office decides what he disputes."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.followup.promised import DUE_ON, ON, promised
from tests.makers import a_deputy, a_rating_link, a_user, entered
from tracker import clock
from tracker.actor import SYSTEM, Actor
from tracker.database import db
from tracker.deadlines.clauses import Kind
from tracker.deadlines.queries import deadlines_of
from tracker.dispatch.actions.succeeding import succeed
from tracker.errors import RuleBroken
from tracker.feedback.models import RatingChannel
from tracker.followup import actions, judging, queries
from tracker.followup.models import Fate, Judgement
from tracker.followup.queries import Show
from tracker.handling.queries import get_reply
from tracker.roles import Role
from tracker.structure.actions import add_term
from tracker.structure.cards import new_card
from tracker.structure.models import SuccessionKind
from tracker.structure.reform import Reform, new_body_like
from tracker.suggestion.models import Entry

JUNE = date(2026, 6, 1)


@pytest.fixture
def world(session, stopped_clock):
    stopped_clock(JUNE)
    return promised()


def clock_of(world):
    [found] = deadlines_of(kind=Kind.PROMISE, promise_id=world.promise.id)
    return found


def state(world, show=Show.ALL):
    found = list(queries.rows(queries.ledger(world.case.clerk, show, JUNE)))
    return [row.state for row in found]


def moves():
    return list(db.session.scalars(sa.select(Entry.move).order_by(Entry.id.desc()).limit(2)))[::-1]


def test_what_nobody_confirmed_is_not_called_kept(world):
    world.report()
    assert state(world) == ["reported_kept"]
    assert clock_of(world).met_on == ON


def test_the_deputy_confirms(world):
    world.judge(world.report(), True)
    assert state(world) == ["confirmed"]
    assert moves() == ["promise_kept", "confirm_promise"]
    with pytest.raises(RuleBroken, match="ended already"):
        world.report()


def test_disputed_runs_again_to_its_own_last_day_and_needs_words(world):
    report = world.report()
    with pytest.raises(RuleBroken, match="what is not so"):
        world.judge(report, False)
    world.judge(report, False, "只装了两盏")
    assert (clock_of(world).is_open, clock_of(world).due_on) == (True, DUE_ON)
    assert state(world) == state(world, Show.DISPUTED) == state(world, Show.OPEN) == ["disputed"]
    assert moves() == ["promise_kept", "dispute_promise"]


@pytest.mark.engines("sqlite")
def test_after_a_reform_what_is_disputed_or_dated_runs_at_the_successor(world):
    report = world.report()
    old = world.promise.assignment.body
    new = new_body_like(old, "市交通运输局", **entered())
    succeed(Reform(SuccessionKind.RENAMED, [old], [new], JUNE, ""), by=world.case.by_office, on=JUNE, at=clock.now())
    world.judge(report, False, "只装了两盏")
    assert clock_of(world).holder_body_id == new.id
    reply = get_reply(world.promise.reply_id, world.case.clerk)
    dated = actions.date_promise(reply, "再装十盏", "林承办", DUE_ON, by=world.case.by_office, on=JUNE)
    [running] = deadlines_of(kind=Kind.PROMISE, promise_id=dated.id)
    assert running.holder_body_id == new.id


def test_after_a_dispute_the_body_reports_anew_and_the_deputy_is_asked_anew(world):
    world.judge(world.report(), False, "只装了两盏")
    again = world.report(note="又装八盏", on=JUNE)
    assert state(world) == ["reported_kept"]
    world.judge(again, True, on=JUNE)
    assert (state(world), clock_of(world).met_on) == (["confirmed"], JUNE)


@pytest.mark.parametrize(("kept", "word"), [(True, "confirmed"), (False, "not_kept")])
def test_the_office_decides_with_a_reason(world, kept, word):
    said = world.judge(world.report(), False, "只装了两盏")
    with pytest.raises(RuleBroken, match="reason"):
        world.decide(said, kept, " ")
    world.decide(said, kept)
    assert (state(world), state(world, Show.DISPUTED)) == ([word], [])
    assert clock_of(world).is_open is not kept
    with pytest.raises(RuleBroken, match="nothing to decide"):
        world.decide(said, kept)


def test_nobody_else_confirms(world):
    report, case = world.report(), world.case
    facts = {"channel": RatingChannel.ACCOUNT, "on": ON}
    other = a_deputy(case.congress, "别人")
    for deputy in (other, case.signer):
        with pytest.raises(RuleBroken, match="lead deputy says"):
            judging.judge(report, deputy, True, "", by=Actor("user", None, "某人"), **facts)
    with pytest.raises(RuleBroken, match="never confirms its own"):
        judging.judge(report, case.deputy, True, "", by=case.by_body, **facts)


def test_a_report_is_judged_once(world):
    report = world.report()
    world.judge(report, True)
    with pytest.raises(RuleBroken, match="judged already"):
        world.judge(report, False, "不对")


def test_what_was_only_moved_is_not_asked_about(world):
    moved = world.report(Fate.MOVED, "招标延后", new_due_on=date(2026, 11, 2))
    with pytest.raises(RuleBroken, match="nothing to confirm"):
        world.judge(moved, True)


def test_on_his_page_the_deputy_says_it_and_the_office_finds_it_on_its_desk(world, reader):
    world.report()
    deputy, path = reader.signed_in_as(world.deputy_user), f"/promises/{world.promise.id}"
    assert "Promises to confirm" in deputy.read("/").text
    deputy.read(path)
    page = deputy.send(f"{path}/judgement", {"agrees": "no", "comment": ""})
    assert "what is not so" in page.text
    deputy.send(f"{path}/judgement", {"agrees": "no", "comment": "只装了两盏"})
    assert "Promises to confirm" not in deputy.read("/").text
    office = reader.signed_in_as(world.case.clerk)
    assert "Promises disputed by the deputy" in office.read("/").text
    assert "只装了两盏" in office.read(path).text
    assert "只装了两盏" not in reader.signed_in_as(world.case.handler).read(path).text
    office.send(f"{path}/decision", {"kept": "no", "note": "两盏以外均未安装"})
    assert "Promises disputed by the deputy" not in office.read("/").text
    assert "两盏以外均未安装" in reader.signed_in_as(world.case.handler).read(path).text
    office.send(f"{path}/decision", {"kept": "yes", "note": "x"}, expect=404)


def test_by_mailed_link_it_is_said_without_an_account(world, reader):
    world.report()
    reply = get_reply(world.promise.reply_id, world.case.clerk)
    link = f"{a_rating_link(reply, world.case.deputy)}/promises/{world.promise.id}"
    reader.read(link)
    page = reader.send(f"{link}/judgement", {"agrees": "yes", "comment": ""})
    assert "kept, confirmed" in page.text
    db.session.rollback()
    [said] = db.session.scalars(sa.select(Judgement))
    assert (said.agrees, said.channel, said.entered_by) == (True, "link", "赵代表")


def test_the_office_enters_a_signed_paper(world, reader):
    world.report()
    office, path = reader.signed_in_as(world.case.clerk), f"/promises/{world.promise.id}"
    office.read(path)
    paper = {"agrees": "yes", "comment": "", "on": "2026-05-20"}
    assert "lies in the future" in office.send(f"{path}/judgement", {**paper, "on": "2026-06-02"}).text
    office.send(f"{path}/judgement", paper)
    entry = db.session.scalars(sa.select(Entry).where(Entry.move == "confirm_promise")).one()
    assert (entry.on, entry.on_behalf_of) == (date(2026, 5, 20), "赵代表")


def test_a_co_signer_and_a_stranger_find_no_form(world, reader):
    world.report()
    path = f"/promises/{world.promise.id}/judgement"
    signer = a_user(world.case.congress, Role.DEPUTY, deputy_id=world.case.signer.id)
    reader.signed_in_as(signer).send(path, {"agrees": "yes"}, expect=404)
    stranger = a_user(world.case.congress, Role.DEPUTY, deputy_id=a_deputy(world.case.congress, "别人").id)
    reader.signed_in_as(stranger).send(path, {"agrees": "yes"}, expect=404)
    reader.signed_in_as(world.case.handler).send(path, {"agrees": "yes"}, expect=403)


def test_a_promise_outlives_the_term(world, reader):
    """The ledger keeps it, the body has it on its list, and the deputy confirms it under his new card."""
    entered = {"by": SYSTEM, "at": clock.now()}
    term = add_term(world.case.congress.id, 16, date(2026, 5, 20), **entered)
    card = new_card(world.case.deputy, term, card_number="0007", **entered)
    world.report(on=JUNE)
    again = reader.signed_in_as(a_user(world.case.congress, Role.DEPUTY, deputy_id=card.id))
    for visitor in (again, reader.signed_in_as(world.case.handler), reader.signed_in_as(world.case.clerk)):
        assert "安装路灯" in visitor.read("/promises?show=all").text
    path = f"/promises/{world.promise.id}"
    again.read(path)
    again.send(f"{path}/judgement", {"agrees": "yes", "comment": ""})
    [said] = db.session.scalars(sa.select(Judgement))
    assert (said.deputy_id, said.agrees) == (card.id, True)
