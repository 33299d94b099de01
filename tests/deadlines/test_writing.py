"""A version of a rule set as it is written on a page: what it becomes, and what is refused."""

from dataclasses import asdict, replace
from datetime import date

import pytest

from tracker.deadlines import library
from tracker.deadlines.clauses import Kind, Rules, Start, Unit, load_rule_set
from tracker.deadlines.writing import CHOICES, LONGEST, STARTS, TICKS, WORDS, Said, SaidClause, new_version
from tracker.errors import RuleBroken

FROM = date(2027, 1, 1)


def data_of(name="default"):
    return library.read(library.FOLDER / f"{name}.toml")


def clause_of(clause):
    if clause is None:
        return None
    facts = {name: getattr(clause, name) for name in ("amount", "unit", "start", "article", "to")}
    ticks = frozenset(name for name in TICKS.get(clause.kind, ()) if getattr(clause, name))
    return SaidClause(**facts, ticks=ticks, again=clause_of(clause.again))


def said_of(rules: Rules, **changes) -> Said:
    said = Said(
        **{name: getattr(rules, name) for name in (*WORDS, *CHOICES)},
        effective_from=FROM,
        lights=rules.lights,
        clauses={kind: clause_of(clause) for kind, clause in rules.clauses.items() if kind in STARTS},
    )
    return replace(said, **changes)


def written(name="default", **changes) -> Rules:
    data = data_of(name)
    return load_rule_set(new_version(data, said_of(load_rule_set(data), **changes), name=name, version=2))


@pytest.mark.parametrize("name", library.names())
def test_a_version_written_without_a_change_says_the_same(name):
    before, after = asdict(load_rule_set(data_of(name))), asdict(written(name))
    for facts in (before, after):
        del facts["version"], facts["effective_from"], facts["effective_to"]
    assert after == before


@pytest.mark.parametrize("name", library.names())
def test_every_clock_that_comes_with_the_software_can_be_written(name):
    for kind, clause in load_rule_set(data_of(name)).clauses.items():
        if kind in STARTS:
            assert clause.start in STARTS[kind], kind
            assert clause.amount <= LONGEST[clause.unit]


def clauses(**changes):
    kept = dict(said_of(load_rule_set(data_of())).clauses)
    for kind, clause in changes.items():
        kept.pop(Kind(kind), None)
        if clause is not None:
            kept[Kind(kind)] = clause
    return kept


def test_a_clock_without_a_number_is_not_set():
    assert written(clauses=clauses(evaluate=None)).clause("evaluate") is None


def test_a_clock_without_an_article_is_our_own():
    rules = written(clauses=clauses(reply=SaidClause(2, Unit.MONTHS, Start.HAND_OVER)))
    assert rules.clause("reply").ours
    rules = written(clauses=clauses(reply=SaidClause(2, Unit.MONTHS, Start.HAND_OVER, article="19")))
    assert (rules.clause("reply").ours, rules.clause("reply").article) == (False, "19")


def test_whom_a_return_goes_to_is_written_and_the_ladder_stays():
    before = load_rule_set(data_of("shanghai-2015"))
    said = SaidClause(9, Unit.DAYS, Start.RECEIPT, "14", to=("hub", "office"))
    after = written("shanghai-2015", clauses={**said_of(before).clauses, Kind.RETURN: said})
    assert (after.clause("return").amount, after.clause("return").consent) == (9, False)
    assert after.clause("return").to == ("office", "hub")
    assert after.ladders == before.ladders


def test_an_opinion_asked_again_has_a_time_of_its_own():
    again = SaidClause(5, Unit.WORKING_DAYS, Start.BOUNCED, "20")
    said = SaidClause(30, Unit.WORKING_DAYS, Start.HAND_OVER, "20", again=again)
    rules = written(clauses=clauses(co_opinion=said))
    assert rules.clause("co_opinion") == load_rule_set(data_of("chongqing-2017")).clause("co_opinion")
    with pytest.raises(RuleBroken, match="one day to two years"):
        written(clauses=clauses(co_opinion=replace(said, again=replace(again, amount=501))))


@pytest.mark.parametrize("kind", ["receipt", "reply"])
def test_the_clocks_nobody_can_do_without_stay(kind):
    with pytest.raises(RuleBroken, match="cannot be left out"):
        written(clauses=clauses(**{kind: None}))


@pytest.mark.parametrize(("amount", "unit"), [(0, "wd"), (-1, "d"), (25, "m"), (501, "wd")])
def test_an_impossible_length_is_refused(amount, unit):
    with pytest.raises(RuleBroken, match="one day to two years"):
        written(clauses=clauses(reply=SaidClause(amount, Unit(unit), Start.HAND_OVER)))


@pytest.mark.parametrize(("amount", "unit"), [(3, "m"), (90, "d"), (60, "wd")])
def test_an_extension_gives_more_time_than_the_reply(amount, unit):
    with pytest.raises(RuleBroken, match="more time in all"):
        written(clauses=clauses(reply_extended=SaidClause(amount, Unit(unit), Start.HAND_OVER)))


def test_an_extension_counts_from_the_day_the_reply_does():
    with pytest.raises(RuleBroken, match="same day as the reply"):
        written(clauses=clauses(reply_extended=SaidClause(6, Unit.MONTHS, Start.RECEIPT)))


def test_lights_out_of_order_are_refused():
    lights = replace(load_rule_set(data_of()).lights, orange=15)
    with pytest.raises(RuleBroken, match="yellow before orange"):
        written(lights=lights)
