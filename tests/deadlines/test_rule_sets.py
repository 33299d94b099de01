"""Every rule set that comes with the software, clause by clause against the matrix."""

from datetime import date

import pytest

from tracker.deadlines import library
from tracker.deadlines.clauses import Form, Kind, RuleSetWrong, Start, load_rule_set
from tracker.deadlines.rules import due
from tracker.workdays.seed import chinese_calendar

BRANCHES = [
    "government",
    "court",
    "procuratorate",
    "supervisory_commission",
    "party",
    "mass_organisation",
    "congress",
    "enterprise",
    "lower_government",
]
OURS = {
    "receipt": "3 wd hand_over",
    "check": "5 wd submitted",
    "promise": "0 named promise",
    "study": "5 wd rated",
}
MATRIX = {
    "national-2025": {"reply": "3 m hand_over", "reply_extended": "6 m hand_over"},
    "shanghai-2015": {
        "hand_over": "7 wd recorded",
        "return": "7 wd receipt",
        "co_opinion": "1 m receipt",
        "reply": "3 m hand_over",
        "reply_extended": "6 m hand_over",
        "rehandle": "1 m round",
    },
    "beijing-2014": {
        "reply": "3 m hand_over",
        "reply_extended": "6 m hand_over",
        "rehandle": "2 m round",
        "evaluate": "15 wd delivered",
    },
    "shandong-2017": {
        "hand_over": "5 d recorded",
        "return": "5 d receipt",
        "co_opinion": "1 m receipt",
        "reply": "3 m hand_over",
        "reply_extended": "6 m hand_over",
        "rehandle": "1 m round",
    },
    "qingdao-2021": {
        "hand_over": "5 wd recorded",
        "return": "5 wd receipt",
        "co_opinion": "1 m receipt",
        "reply": "3 m hand_over",
        "reply_extended": "6 m hand_over",
    },
    "henan-2017": {
        "return": "10 wd hand_over",
        "redispatch": "10 wd return_asked",
        "co_opinion": "2 m receipt",
        "reply": "3 m receipt",
        "reply_extended": "6 m receipt",
        "rehandle": "1 m round",
        "evaluate": "10 wd delivered",
    },
    "zhejiang-2016": {
        "hand_over": "7 d recorded",
        "return": "10 d receipt",
        "co_opinion": "2 m receipt",
        "reply": "3 m receipt",
        "reply_extended": "6 m receipt",
        "rehandle": "1 m round",
    },
    "chongqing-2017": {
        "hand_over": "10 wd recorded",
        "return": "10 wd hand_over",
        "redispatch": "10 wd return_asked",
        "first_contact": "20 wd receipt",
        "co_opinion": "30 wd hand_over",
        "reply": "3 m hand_over",
        "reply_extended": "6 m hand_over",
        "rehandle": "2 m round",
        "evaluate": "20 wd delivered",
    },
    "township-chongqing-2016": {"reply": "2 m hand_over", "reply_extended": "4 m hand_over"},
    "township-shandong-2015": {"reply": "2 m congress_closed", "reply_extended": "4 m congress_closed"},
    "default": {
        "hand_over": "5 wd recorded",
        "return": "5 wd receipt",
        "redispatch": "5 wd return_asked",
        "first_contact": "20 wd receipt",
        "co_opinion": "1 m hand_over",
        "reply": "3 m hand_over",
        "reply_extended": "6 m hand_over",
        "rehandle": "1 m round",
        "evaluate": "15 wd delivered",
        "publish": "20 wd delivered",
    },
}
NAMES = sorted(MATRIX)


def test_all_rule_sets_of_the_matrix_come_with_the_software():
    assert library.names() == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_clock_is_as_the_matrix_says_and_silence_is_kept(name):
    said = {str(kind): f"{c.amount} {c.unit} {c.start}" for kind, c in library.rules(name).clauses.items()}
    assert said == {**OURS, **MATRIX[name]}


@pytest.mark.parametrize("name", NAMES)
def test_every_clock_of_every_rule_set_gives_a_day_after_its_start(name):
    rules, start = library.rules(name), date(2026, 3, 2)
    for clause in rules.clauses.values():
        found = due(clause, start, chinese_calendar(), rules.roll_over)
        assert found.due_on >= start
        assert found.due_on > start or clause.amount == 0


@pytest.mark.parametrize("name", NAMES)
def test_an_extension_starts_where_the_reply_does_and_is_longer(name):
    rules = library.rules(name)
    reply, extended = rules.clause("reply"), rules.clause("reply_extended")
    assert (reply.start, reply.unit) == (extended.start, extended.unit)
    assert extended.amount > reply.amount


@pytest.mark.parametrize("name", [name for name in NAMES if name != "default"])
def test_what_a_rule_set_says_itself_carries_its_article(name):
    for kind, clause in library.rules(name).clauses.items():
        assert bool(clause.article) != clause.ours, kind
        assert clause.ours == (str(kind) in OURS), kind


def test_a_bounced_opinion_in_chongqing_is_due_again_in_five_working_days():
    again = library.rules("chongqing-2017").clause("co_opinion").again
    assert (again.amount, again.unit, again.start) == (5, "wd", Start.BOUNCED)


def test_consent_and_telling_the_deputy_are_as_the_rules_say():
    consent = {name for name in NAMES if library.rules(name).clause("reply_extended").consent}
    told = {name for name in NAMES if library.rules(name).clause("reply_extended").tell_deputy}
    assert consent == {"shanghai-2015", "beijing-2014", "shandong-2017", "qingdao-2021", "zhejiang-2016", "default"}
    assert told == {"shanghai-2015", "qingdao-2021", "henan-2017", "default"}


@pytest.mark.parametrize("name", NAMES)
def test_every_branch_has_a_ladder_for_late_replies(name):
    rules = library.rules(name)
    for branch in BRANCHES:
        steps = rules.ladder(Kind.REPLY, branch)
        assert [step.step for step in steps] == list(range(len(steps)))
        assert [step.offset for step in steps] == [-15, -5, 1, 5, 10, 20][: len(steps)]
        assert rules.ladder(Kind.REHANDLE, branch) == rules.ladder(Kind.REPLY_EXTENDED, branch) == steps


def test_party_organs_get_a_letter_of_request_and_are_never_listed():
    for branch in ("party", "mass_organisation"):
        forms = [step.form for step in library.rules("default").ladder("reply", branch)]
        assert forms[-1] is Form.REQUEST_LETTER
        assert Form.LISTED not in forms
        assert Form.DRAFT_NOTICE not in forms


def test_a_deputy_who_has_not_rated_never_gets_a_notice():
    forms = {step.form for step in library.rules("default").ladder("evaluate", "government")}
    assert forms <= {Form.DIGEST_LINE, Form.URGENT_LINE}


def test_a_late_promise_climbs_on_to_the_notice():
    steps = library.rules("default").ladder("promise", "government")
    assert [(step.step, step.offset) for step in steps] == [(0, -1), (1, 1), (2, 5), (3, 5), (4, 10), (5, 20)]


def test_the_whole_suggestion_is_on_our_own_ladder_where_rules_give_it_a_length():
    assert library.rules("default").ladder("whole", "any") == library.rules("default").ladder("hand_over", "any")


@pytest.mark.parametrize(
    ("table", "name", "value"),
    [
        ("reply", "unit", "weeks"),
        ("reply", "amount", 0),
        ("reply", "amount", "3"),
        ("reply", "start", "someday"),
        ("reply", "surprise", True),
        ("receipt", "ours", False),
    ],
)
def test_a_rule_set_with_a_slip_is_refused_and_named(table, name, value):
    data = library.read(library.FOLDER / "shanghai-2015.toml")
    data["clocks"][table][name] = value
    with pytest.raises(RuleSetWrong, match="shanghai-2015"):
        load_rule_set(data)


def test_a_rule_set_that_forgets_who_signs_is_refused():
    data = library.read(library.FOLDER / "shanghai-2015.toml")
    del data["signer"]
    with pytest.raises(RuleSetWrong, match="signer"):
        load_rule_set(data)
