"""What each rank reads, word by word, in each MAIL_DETAIL: read before it changes.

The texts lie in `golden/`, one file a rank and language; UPDATE_GOLDEN=1 writes them, then read them.
"""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.letters import bulletin as example
from tests.letters import digest
from tests.letters.bulletin import BODY, NAMES, QUIET, item
from tracker.bulletin import letters
from tracker.bulletin.models import Issue, Reader
from tracker.bulletin.parts import Parts
from tracker.mail import wording
from tracker.mail.outbox import Addressee
from tracker.structure.models import Congress, Level
from tracker.web.languages import LANGUAGES

GOLDEN = Path(__file__).with_name("golden")
DETAILS = ("numbers", "titles", "full")
COURT = {**BODY, "body_id": 2, "body": "市中级人民法院", "body_en": "Intermediate Court", "branch": "court"}
INSIDE = {"internal": True}
READERS = {
    "directors_meeting": {"all": True, **INSIDE},
    "head": {"bodies": [1], **INSIDE},
    "hub_office": {"bodies": [1], **INSIDE},
    "vice_mayor": {"bodies": [1]},
    "committee": {"bodies": [2], "key": True},
    "deputy": {"deputy": 9, **INSIDE},
    "our_director": {"all": True, **INSIDE},
}
WORDS = ("handler", "deputy", "hub_office")


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def congress(session):
    made = Congress(name="临江市人民代表大会", name_en="Linjiang Congress", level=Level.CITY, rules_name="default")
    made.office_name, made.office_name_en = "代表工作委员会", "Deputies' Office"
    session.add(made)
    session.flush()
    return made


def issue(language, congress_id, *, items=True):
    """Two bodies: an answer overdue, one only put off, one dissatisfied, promised, noticed, and one internal."""
    note = {"en": "Lamps by June", "zh_Hans_CN": "六月底前装灯"}[language]
    late = {"due_on": "2026-06-02", "original_due_on": "2026-06-02", "days": 9, "days_original": 9}
    later = {"due_on": "2026-08-31", "original_due_on": "2026-06-02", "days": -54, "days_original": 9}
    other = {"body_id": 2, "body": "市中级人民法院", "body_en": "Intermediate Court", "branch": "court"}
    dateless = {"due_on": None, "original_due_on": None, "days": None, "days_original": None}
    lines = [
        item(language, 1, "overdue", deputy_id=9, **late),
        item(language, 2, "overdue", deputy_id=9, **late) | {"internal": True, "title": None, "deputy": None},
        item(language, 3, "promise_overdue", deputy_id=9, **late) | {"note": note},
        item(language, 4, "dissatisfied", deputy_id=7, **dateless) | other | {"key": True},
        item(language, 5, "past_original", deputy_id=7, **later) | other,
        item(language, 6, "silent", deputy_id=9, **dateless),
        item(language, 7, "notice_open", deputy_id=9, **later) | {"note": "督办〔2026〕3号"},
    ]
    whole = {name: BODY[name] for name in BODY if name not in ("body_id", "body", "body_en", "branch")}
    figures = {
        "whole": whole, "by_body": [BODY, {**COURT, "open_late": 0}],
        "by_branch": [{**whole, "branch": "government"}, {**whole, "branch": "court", "late": 0, "late_share": 0}],
        **example.facts(language)["figures"], "ratings": {"result": {"dissatisfied": 3, "total": 12}},
        "no_issue": [{"kind": "quiet", "from": "2026-W24", "until": "2026-W24", "reason": QUIET[language]}],
        "month": {"since": "2026-W19", "new": 2, "still": 1, "gone": 5},
    }  # fmt: skip
    made = Issue(congress_id=congress_id, week="2026-W25", number=12, issued_on=date(2026, 6, 15), figures=figures)
    made.items = lines if items else []
    return made


def bulletin(rank, language, congress_id):
    to = Addressee("officer:1", {"en": "Li Ming", "zh_Hans_CN": "李明"}[language], "liming@bureau.example", language)
    frozen = issue(language, congress_id, items=rank != "our_director")
    reader = Reader(person_key="officer:1", name=to.name, rank=rank, scope=READERS[rank], item_count=1)
    via = [NAMES[language]] if rank == "hub_office" else []
    return wording.write("bulletin", to, letters.facts(frozen, reader, Parts(frozen.items, frozen.figures), via))


def of_ladder(word, language, congress_id):
    facts = digest.facts(language)
    facts["sections"] = [
        (name, [replace(one, line=replace(one.line, word=word)) for one in lines]) for name, lines in facts["sections"]
    ]
    to = Addressee("officer:1", {"en": "Li Ming", "zh_Hans_CN": "李明"}[language], "liming@bureau.example", language)
    return wording.write("digest", to, {"congress_id": congress_id, **facts})


def in_every_detail(app, write):
    said = []
    for detail in DETAILS:
        app.config["MAIL_DETAIL"] = detail
        written = write()
        said.append(f"######## MAIL_DETAIL={detail}\n{written.subject}\n\n{written.text}")
    return said


def compare(name, said):
    file = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN") == "1":
        GOLDEN.mkdir(exist_ok=True)
        file.write_text("\n".join(said), encoding="utf-8")
    assert "\n".join(said) == file.read_text(encoding="utf-8"), name


@pytest.mark.engines("sqlite")
def test_each_rank_reads_what_was_agreed(app, congress, language):
    for rank in READERS:
        said = in_every_detail(app, lambda rank=rank: bulletin(rank, language, congress.id))
        compare(f"bulletin.{rank}.{language}.txt", said)
        assert not any("2026-002" in text for text in said), "an internal matter is in no letter"
    for word in WORDS:
        said = in_every_detail(app, lambda word=word: of_ladder(word, language, congress.id))
        compare(f"digest.{word}.{language}.txt", said)


@pytest.mark.engines("sqlite")
def test_of_numbers_nothing_else_leaves_the_building(app, congress, language):
    secret = (item(language, 1, "overdue")["title"], item(language, 1, "overdue")["deputy"], "June", "六月底")
    secret += (NAMES[language], example.figures(language)["mass_extensions"][0]["by"])
    app.config["MAIL_DETAIL"] = "numbers"
    for write, names in ((bulletin, READERS), (of_ladder, WORDS)):
        for name in names:
            written = write(name, language, congress.id)
            said = written.subject + written.text + written.html
            assert [word for word in secret if word in said] == [], name
