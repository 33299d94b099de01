"""Letters word by word: what every kind says in both languages is kept beside it, and read before it changes.

A kind's example is `tests/letters/<kind>.py` with `facts(language)`; the texts are written by
`UPDATE_GOLDEN=1 pytest tests/house_rules/test_letters.py` and compared ever after.
"""

import os
import re
from importlib import import_module

import pytest

from tests.house_rules.source import LETTERS, ROOT
from tests.html import Document
from tracker.mail import names, wording
from tracker.mail.outbox import Addressee
from tracker.structure.models import Congress, Level
from tracker.web.languages import LANGUAGES

GOLDEN = ROOT / "tests" / "letters"
KINDS = sorted(folder.name for folder in LETTERS.iterdir() if folder.is_dir() and not folder.name.startswith("_"))
NAMES = {"en": "Li Ming", "zh_Hans_CN": "李明"}
CHINESE = re.compile(r"[\u3400-\u9fff]")
ENGLISH_SENTENCE = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2,}")
ADDRESS = re.compile(r"https?://[^\s\"<>]+")


def test_every_kind_has_a_name_for_those_who_do_not_read_what_it_says():
    assert sorted(names.KINDS) == KINDS


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


@pytest.fixture
def written(session, kind, language):
    """The example letter of a kind in a language."""
    city = Congress(name="临江市人民代表大会", name_en="Linjiang Congress", level=Level.CITY, rules_name="default")
    city.office_name, city.office_name_en = "代表工作委员会", "Deputies' Office"
    session.add(city)
    session.flush()
    example = import_module(f"tests.letters.{kind}")
    to = Addressee(getattr(example, "TO", "officer:1"), NAMES[language], "liming@bureau.example", language)
    return wording.write(kind, to, {"congress_id": city.id, **example.facts(language)})


def as_golden(written) -> str:
    seen = Document(written.html).visible_text()
    return f"{written.subject}\n\n{written.text}\n{'=' * 20}\n\n{seen}\n"


def test_every_kind_has_an_example():
    assert [kind for kind in KINDS if not (GOLDEN / f"{kind}.py").exists()] == []


def test_no_example_is_left_of_a_kind_that_is_gone():
    kept = {file.name.split(".")[0] for file in GOLDEN.iterdir() if file.is_file()}
    assert kept - set(KINDS) == set()


@pytest.mark.engines("sqlite")
def test_a_letter_says_what_was_read_and_agreed(written, kind, language):
    file = GOLDEN / f"{kind}.{language}.txt"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        file.write_text(as_golden(written), encoding="utf-8")
    assert file.exists(), f"{file.name} is not there: UPDATE_GOLDEN=1 writes it, then read it"
    assert as_golden(written) == file.read_text(encoding="utf-8")


@pytest.mark.engines("sqlite")
def test_a_letter_is_in_one_language(written, language):
    said = ADDRESS.sub("", as_golden(written))
    strange = CHINESE if language == "en" else ENGLISH_SENTENCE
    assert strange.findall(said) == []


@pytest.mark.engines("sqlite")
def test_text_and_html_lead_to_the_same_pages(written):
    assert set(ADDRESS.findall(written.text)) == set(re.findall(r'href="(https?://[^"]+)"', written.html))


@pytest.mark.engines("sqlite")
def test_a_letter_opens_nothing_on_the_net(written):
    assert re.findall(r"src=|<link|@import|url\(|<script", written.html) == []
    assert "<style" not in written.html


@pytest.mark.engines("sqlite")
def test_a_subject_is_short_enough_to_be_read_in_a_list(written):
    assert 0 < len(written.subject) <= 120
