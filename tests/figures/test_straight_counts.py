"""No figure differs from a straight count over base tables: every measure, every row of every table, every period."""

from collections import Counter, defaultdict
from datetime import date

import pytest
import sqlalchemy as sa

from tests.figures import straight
from tests.figures.town import TODAY, a_town, told
from tracker.database import db
from tracker.figures import tables
from tracker.figures.measures import MEASURES
from tracker.workdays.queries import calendar
from tracker.workdays.rules import working_days_between

BROUGHT_BY = "(SELECT coalesce(s.delegation_id, (SELECT y.delegation_id FROM deputy y WHERE y.id = s.lead_deputy_id)))"
ABOUT = f"a.id, a.suggestion_id, s.meeting_id, m.year, a.body_id, b.branch, {BROUGHT_BY} AS delegation_id, s.category"
JOINED = (
    "FROM assignment a JOIN suggestion s ON s.id = a.suggestion_id JOIN meeting m ON m.id = s.meeting_id"
    " JOIN body b ON b.id = a.body_id"
)
ENDED = """
    SELECT a.id, a.assigned_on, coalesce(
        (SELECT d.met_on FROM deadline d WHERE d.assignment_id = a.id AND d.voided_on IS NULL
            AND d.kind IN ('reply', 'reply_extended', 'rehandle')),
        (SELECT max(d.met_on) FROM deadline d WHERE d.assignment_id = a.id AND d.voided_on IS NULL
            AND d.kind = 'co_opinion'),
        (SELECT max(e."on") FROM entry e WHERE e.assignment_id = a.id
            AND a.standing IN ('returned', 'recalled', 'unheard')
            AND e.move IN ('grant_return', 'recall', 'change_lead', 'absorb', 'answer_without')),
        (SELECT r.submitted_on FROM reply r WHERE r.assignment_id = a.id)) AS ended_on
    FROM assignment a WHERE a.standing <> 'passed_on'
"""
# Of these the town has none: no class of the default rules means them, or nobody lets it come so far.
NEVER_HERE = {
    "no_clock", "partly_solved", "not_now", "not_feasible", "higher_authority", "unclassed", "items_nobody",
    "first_mostly", "items_first_mostly", "promises_broken", "promises_withdrawn", "last_awaited", "last_unasked",
}  # fmt: skip
LATE = ("late_original", "late_current", "extended", "returned")


def asked(text, **columns):
    """Plain SQL, with nothing of the application's queries."""
    typed = sa.text(text).columns(**columns) if columns else sa.text(text)
    return db.session.execute(typed, {"on": TODAY.isoformat() if is_sqlite() else TODAY} if ":on" in text else {}).all()


def is_sqlite():
    return db.engine.dialect.name == "sqlite"


def counted_parts():
    """For every assignment its measures, each by a statement of its own."""
    found = defaultdict(Counter)
    for measure, condition in straight.PARTS.items():
        for row in asked(f"SELECT a.id {JOINED} WHERE {condition}"):
            found[row.id][measure] = 1
    for measure, text in numbers():
        for row in asked(text):
            found[row.assignment_id][measure] = row.n
    for one in found.values():
        one["signals"] = one["signals"] if one["received"] else 0
    for one, began_on, ended_on in asked(ENDED, id=sa.Integer, assigned_on=sa.Date, ended_on=sa.Date):
        found[one]["days_held"] = days(began_on, ended_on or TODAY)
    return found


def numbers():
    """What is more than yes or no of one assignment, each as a statement of its own."""
    for measure, condition in straight.PROMISES.items():
        text = f"SELECT p.assignment_id, count(*) AS n FROM promise p {straight.PROMISE} WHERE {condition}"
        yield measure, f"{text} GROUP BY p.assignment_id"
    for measure, condition in straight.VOICES.items():
        text = (
            f"SELECT r.assignment_id, count(*) AS n FROM rating x JOIN reply r ON r.id = x.reply_id WHERE {condition}"
        )
        yield measure, f"{text} AND {straight.NEWEST} GROUP BY r.assignment_id"
    signs = straight.SIGN.replace("SELECT 1 FROM signal g", "SELECT g.assignment_id, count(*) AS n FROM signal g", 1)
    yield "signals", f"{signs} AND g.assignment_id IS NOT NULL GROUP BY g.assignment_id"


def counted_items(parts, rows):
    """For every item its measures, from those of its bodies."""
    bodies = defaultdict(list)
    for row in rows:
        bodies[row.suggestion_id].append(parts[row.id])
    found = {}
    handed_over = dict.fromkeys(("handed_over", "answered", "rated", "closed"), True)
    columns = {"id": sa.Integer, "handed_over_on": sa.Date}
    met = {
        one: ended_on for one, _began_on, ended_on in asked(ENDED, id=sa.Integer, assigned_on=sa.Date, ended_on=sa.Date)
    }
    for item in asked("SELECT id, stage, round, handed_over_on FROM suggestion WHERE stage <> 'draft'", **columns):
        its, under_way = bodies[item.id], item.stage in handed_over
        answered = under_way and item.stage != "handed_over"
        counts = Counter(items_recorded=1, items=under_way, items_answered=answered)
        counts += Counter(items_open=under_way and not answered, items_again=under_way and item.round > 1)
        counts += Counter(items_nobody=under_way and not any(one["main"] for one in its))
        late = {name: under_way and any(one[name] for one in its) for name in LATE}
        counts += Counter(items_extended=late["extended"], items_returned=late["returned"])
        for name in ("original", "current"):
            is_late = late[f"late_{name}"]
            counts[f"items_due_{name}"] = int(answered or is_late)
            counts[f"items_in_time_{name}"] = int(answered and not is_late)
            counts[f"items_late_{name}"] = int(is_late)
        ends = [met[row.id] for row in rows if row.suggestion_id == item.id and parts[row.id]["main"]]
        if under_way:
            counts["items_days"] = days(item.handed_over_on, max(filter(None, ends)) if answered else TODAY)
            first = [one for one in its if one["main"] and not one["further_round"]]
            last = [one for one in its if one["main"] and (not one["renewed"] or one["last_asked"])]
            counts += said(first, "first") + said(last, "last")
        found[item.id] = counts
    return found


def said(parts, when):
    """As satisfied as the worst reply; satisfied only if all were rated."""
    if not any(one[f"{when}_asked"] for one in parts):
        return Counter()
    verdict = "unrated"
    if any(one[f"{when}_dissatisfied"] for one in parts):
        verdict = "dissatisfied"
    elif all(one[f"{when}_rated"] for one in parts):
        verdict = "mostly" if any(one[f"{when}_mostly"] for one in parts) else "satisfied"
    return Counter(
        {f"items_{when}_asked": 1, f"items_{when}_rated": int(verdict != "unrated"), f"items_{when}_{verdict}": 1}
    )


def days(began_on: date, ended_on: date) -> int:
    return max(0, working_days_between(began_on, ended_on, calendar()))


def straight_figures():
    rows = asked(f"SELECT {ABOUT} {JOINED} ORDER BY a.id")
    parts = counted_parts()
    figures: dict = defaultdict(Counter)
    seen = set()
    for row in rows:
        for period in periods(row):
            for dimension, key in keys(row, body=row.body_id, branch=row.branch):
                figures[period, dimension, key] += parts[row.id]
                has = (period, dimension, key, row.suggestion_id)
                if dimension in ("body", "branch") and parts[row.id]["received"] and has not in seen:
                    seen.add(has)
                    figures[period, dimension, key]["items"] += 1
    items = counted_items(parts, rows)
    about = (
        f"SELECT s.id, s.meeting_id, m.year, {BROUGHT_BY} AS delegation_id, s.category FROM suggestion s JOIN meeting m"
    )
    for row in asked(f"{about} ON m.id = s.meeting_id WHERE s.stage <> 'draft'"):
        for period in periods(row):
            for dimension, key in keys(row):
                figures[period, dimension, key] += items[row.id]
    return figures


def periods(row):
    return ("all", f"year:{row.year}", f"meeting:{row.meeting_id}")


def keys(row, **of_body):
    of_all = {"whole": "", "delegation": row.delegation_id, "category": row.category, "meeting": row.meeting_id}
    return [(name, "" if value is None else str(value)) for name, value in {**of_all, **of_body}.items()]


@pytest.fixture
def town(session):
    with told(a_town()) as town:
        yield town


def test_every_figure_is_a_straight_count(town):
    made = town.counted()
    wanted = straight_figures()
    stored = {
        (row["period"], str(row["dimension"]), row["key"]): row
        for row in asked(f"SELECT * FROM figure WHERE reckoning_id = {made.id}")
        for row in [row._mapping]
    }
    assert set(stored) == {place for place, counts in wanted.items() if place in stored or any(counts.values())}
    wrong = {
        (*place, measure): (row[measure], wanted[place][measure])
        for place, row in stored.items()
        for measure in MEASURES
        if row[measure] != wanted[place][measure]
    }
    assert wrong == {}
    of_all = tables.whole(made)
    assert {name for name in MEASURES if of_all[name] == 0} <= NEVER_HERE, "compared with nothing"


@pytest.mark.engines("sqlite")
def test_what_is_counted_again_is_replaced_and_what_was_figured_is_kept(town):
    first, second = town.counted(), town.counted()
    [counted] = asked("SELECT count(*) AS n FROM counted WHERE assignment_id IS NOT NULL")
    [assignments] = asked("SELECT count(*) AS n FROM assignment")
    assert counted.n == assignments.n
    [kept] = asked(f"SELECT count(*) AS n FROM figure WHERE reckoning_id = {first.id}")
    [same] = asked(f"SELECT count(*) AS n FROM figure WHERE reckoning_id = {second.id}")
    assert kept.n == same.n > 0
