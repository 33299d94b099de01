"""Clocks in the database: started, met, reopened, moved, voided, counted again."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tests.country import load_country
from tracker.actor import SYSTEM
from tracker.database import Base
from tracker.deadlines import actions, library, moving, queries
from tracker.deadlines.clauses import Kind
from tracker.deadlines.models import Deadline, RuleSet
from tracker.errors import RuleBroken
from tracker.workdays.actions import load_days
from tracker.workdays.seed import days_of

HANDED_OVER_ON = date(2026, 3, 2)
GRANTED = {"kind": "extension"}


@pytest.fixture
def office(session):
    """A congress with one suggestion, the rule sets and the calendar."""
    load_country(HANDED_OVER_ON)
    tables = Base.metadata.tables
    session.execute(
        sa.insert(tables["congress"]).values(id=1, name="临江市", level="city", rules_name="default", office_name="")
    )
    session.execute(sa.insert(tables["meeting"]).values(id=1, congress_id=1, kind="meeting", name="一次", year=2026))
    session.execute(
        sa.insert(tables["suggestion"]).values(
            id=1, congress_id=1, meeting_id=1, title="路灯", text="", origin="meeting", stage="recorded", version=1,
            recorded_on=HANDED_OVER_ON, publicity="full", category="", survey_method="", remark="",
        )
    )  # fmt: skip
    return session


def started(kind="reply", rules="default", on=HANDED_OVER_ON, **facts) -> Deadline:
    facts = {"holder": "body", "suggestion_id": 1, **facts}
    row = queries.rule_set_in_force(rules, on)
    deadline = actions.start(kind, on=on, rules=row, congress_id=1, **facts)
    queries.db.session.flush()
    return deadline


def test_every_rule_set_is_loaded_once(session):
    assert actions.load_rule_sets() == len(library.names())
    assert actions.load_rule_sets() == 0
    assert {row.name for row in queries.rule_sets()} == set(library.names())


def test_an_upgrade_leaves_a_version_as_it_was_written(session):
    """Written on a page, or shipped with other words before: what suggestions carry never changes."""
    actions.load_rule_sets()
    row = queries.find_rule_set("default", HANDED_OVER_ON)
    row.digest, row.title_en = "0" * 64, "Our own words"
    session.flush()
    assert actions.load_rule_sets() == 0
    assert queries.find_rule_set("default", HANDED_OVER_ON).title_en == "Our own words"


def test_another_text_under_the_same_version_is_refused(session, tmp_path):
    actions.load_rule_sets()
    said = (library.FOLDER / "shanghai-2015.toml").read_text("utf-8")
    changed = tmp_path / "changed.toml"
    changed.write_text(said.replace("amount = 7", "amount = 9"), "utf-8")
    with pytest.raises(RuleBroken, match="already loaded and says something else"):
        actions.load_rule_file(changed)


def test_a_new_version_stands_beside_the_old_and_holds_from_its_day(session, tmp_path):
    actions.load_rule_sets()
    said = (library.FOLDER / "shanghai-2015.toml").read_text("utf-8")
    newer = tmp_path / "newer.toml"
    newer.write_text(said.replace("version = 1", "version = 2").replace("2015-03-01", "2026-07-01"), "utf-8")
    assert actions.load_rule_file(newer)[1]
    assert queries.rule_set_in_force("shanghai-2015", date(2026, 6, 30)).version == 1
    assert queries.rule_set_in_force("shanghai-2015", date(2026, 7, 1)).version == 2
    assert queries.rule_set_in_force("shanghai-2015", date(2001, 1, 1)).version == 1


def test_a_file_that_is_no_rule_set_is_refused_with_its_name(session, tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("name = 'wrong'", "utf-8")
    with pytest.raises(RuleBroken, match=r"wrong\.toml"):
        actions.load_rule_file(wrong)


def test_a_rule_set_nobody_knows_is_refused(session):
    with pytest.raises(RuleBroken, match="atlantis"):
        queries.rule_set_in_force("atlantis", HANDED_OVER_ON)


def test_a_clock_keeps_its_day_its_clause_and_its_reckoning(office):
    deadline = started()
    office.expire(deadline)
    assert deadline.due_on == deadline.original_due_on == date(2026, 6, 2)
    assert deadline.kind is Kind.REPLY
    assert deadline.clause == {
        "kind": "reply", "amount": 3, "unit": "m", "start": "hand_over", "article": "代表法 51"
    }  # fmt: skip
    assert [step["kind"] for step in deadline.explanation][:2] == ["start", "clause"]
    assert not deadline.provisional


def test_where_the_rules_are_silent_no_clock_starts(office):
    assert started("evaluate", "national-2025") is None
    assert started("whole") is None
    assert started("co_opinion", again=True) is None


def test_a_bounced_opinion_gets_the_shorter_clock(office):
    deadline = started("co_opinion", "chongqing-2017", again=True)
    assert deadline.due_on == date(2026, 3, 9)


def test_a_clock_belongs_to_exactly_one_thing(office):
    with pytest.raises(TypeError, match="exactly one"):
        actions.start(
            "reply", on=HANDED_OVER_ON, rules=queries.rule_set_in_force("default", HANDED_OVER_ON),
            congress_id=1, holder="body",
        )  # fmt: skip
    deadline = started()
    deadline.suggestion_id = None
    with pytest.raises(IntegrityError):
        office.flush()


def test_a_met_clock_that_is_reopened_keeps_its_last_day(office):
    deadline = started()
    actions.meet(deadline, on=date(2026, 5, 20))
    actions.meet(deadline, on=date(2026, 5, 25))
    assert deadline.met_on == date(2026, 5, 20)
    assert queries.open_for(suggestion_id=1) == []
    actions.reopen(deadline, by=SYSTEM, on=date(2026, 5, 28))
    office.flush()
    assert queries.open_for(suggestion_id=1) == [deadline]
    assert deadline.due_on == deadline.original_due_on == date(2026, 6, 2)
    assert deadline.explanation[-1]["kind"] == "reopened"


def test_a_voided_clock_neither_runs_nor_is_met(office):
    deadline = started()
    actions.void(deadline, on=date(2026, 3, 5), reason="returned")
    office.flush()
    assert queries.open_for(suggestion_id=1) == []
    assert queries.find_deadline("reply", suggestion_id=1) is None
    with pytest.raises(RuleBroken, match="no longer holds"):
        actions.meet(deadline, on=date(2026, 3, 6))


def test_a_moved_clock_keeps_its_original_day_and_the_reason(office):
    deadline = started()
    assert actions.move(deadline, date(2026, 7, 15), on=date(2026, 5, 20), reason=GRANTED) == date(2026, 7, 15)
    assert (deadline.original_due_on, deadline.due_on) == (date(2026, 6, 2), date(2026, 7, 15))
    assert deadline.moved_count == 1
    assert deadline.explanation[-1]["values"]["reason"] == GRANTED


def test_an_extension_ends_at_the_latest_with_the_total_the_rules_allow(office):
    deadline = started()
    latest = moving.compute("default", "reply_extended", HANDED_OVER_ON).due_on
    assert actions.move(deadline, date(2027, 1, 1), on=date(2026, 5, 20), reason=GRANTED) == latest
    assert deadline.due_on == latest == date(2026, 9, 2)
    assert deadline.explanation[-1]["kind"] == "capped"
    with pytest.raises(RuleBroken, match="later day"):
        actions.move(deadline, date(2027, 2, 1), on=date(2026, 8, 20), reason=GRANTED)


@pytest.mark.parametrize("to", [date(2026, 6, 2), date(2026, 6, 1), date(2025, 1, 1)])
def test_a_clock_is_never_shortened(office, to):
    deadline = started()
    with pytest.raises(RuleBroken, match="later day"):
        actions.move(deadline, to, on=date(2026, 5, 20), reason=GRANTED)
    assert deadline.due_on == date(2026, 6, 2)
    assert deadline.moved_count == 0


def test_a_met_clock_is_not_moved(office):
    deadline = started()
    actions.meet(deadline, on=date(2026, 5, 20))
    with pytest.raises(RuleBroken, match="no longer runs"):
        actions.move(deadline, date(2026, 7, 15), on=date(2026, 5, 21), reason=GRANTED)


def test_a_new_calendar_moves_open_clocks_after_a_preview_and_the_old_day_is_kept(office):
    deadline = started(on=date(2026, 11, 2))
    moved_by_hand = started(on=date(2026, 11, 2))
    actions.move(moved_by_hand, date(2027, 3, 10), on=date(2026, 11, 9), reason=GRANTED)
    assert deadline.due_on == date(2027, 2, 2)
    assert deadline.provisional
    load_days(2027, [(date(2027, 2, 2), False, "Spring Festival")], source="notice", by=SYSTEM, on=date(2026, 11, 20))
    assert [shift.due.due_on for shift in moving.would_move(1)] == [date(2027, 2, 3), date(2027, 3, 10)]
    assert actions.recount(on=date(2026, 11, 20)) == 2
    assert (deadline.original_due_on, deadline.due_on) == (date(2027, 2, 2), date(2027, 2, 3))
    assert not deadline.provisional
    assert deadline.explanation[-1]["values"]["reason"] == {"kind": "calendar"}
    assert (moved_by_hand.due_on, moved_by_hand.provisional) == (date(2027, 3, 10), False)
    assert actions.recount(on=date(2026, 11, 20)) == 0


def test_another_way_to_the_same_day_is_told_anew(office):
    """A holiday taken away and a make-up day taken away leave the last day, not its explanation."""
    deadline = started("hand_over", on=date(2026, 2, 10))
    national = [day for day in days_of(2026) if day[0] not in (date(2026, 2, 14), date(2026, 2, 23))]
    load_days(2026, national, source="corrected", by=SYSTEM, on=date(2026, 2, 11))
    assert list(moving.would_move(1)) == []
    assert actions.recount(on=date(2026, 2, 11)) == 0
    assert deadline.due_on == date(2026, 2, 24)
    assert "make_up_days" not in [step["kind"] for step in deadline.explanation]
    assert list(moving.would_change(1)) == []


def test_an_extension_cut_to_the_total_says_by_which_article_and_keeps_the_unrolled_day(office):
    deadline = started(on=date(2026, 4, 1))
    assert actions.move(deadline, date(2027, 1, 1), on=date(2026, 5, 20), reason=GRANTED) == date(2026, 10, 8)
    assert deadline.unrolled_on == date(2026, 10, 1)
    said = deadline.explanation[-1]["values"]
    assert (said["amount"], said["unit"], said["article"]) == (6, "m", "代表法 51")


def test_a_day_named_in_a_promise_is_never_provisional(office):
    assert not started("promise", fixed_on=date(2031, 1, 1)).provisional


def test_the_same_reckoning_comes_from_the_database_and_from_the_files(office):
    loaded = moving.compute("chongqing-2017", "co_opinion", HANDED_OVER_ON)
    office.execute(sa.delete(RuleSet))
    assert moving.compute("chongqing-2017", "co_opinion", HANDED_OVER_ON) == loaded


def test_the_reply_of_the_last_round_is_the_latest(office):
    started()
    again = started("rehandle", on=date(2026, 6, 22))
    assert again.due_on == date(2026, 7, 22)
    assert queries.find_deadline("rehandle", suggestion_id=1) is again
    assert [clock.kind for clock in queries.deadlines_of(suggestion_id=1)] == ["reply", "rehandle"]
