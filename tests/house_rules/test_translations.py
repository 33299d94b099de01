"""Both languages are complete: nothing missing, nothing doubtful, nothing outside the catalogue."""

import io
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.house_rules.source import ROOT, shown, templates
from tests.house_rules.visible import untranslated

CATALOGUE = ROOT / "tracker" / "translations" / "zh_Hans_CN" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")
CHINESE = re.compile(r"[\u3400-\u9fff]")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **parse_keywords(["N_", "_l", "lazy_gettext", "lazy_ngettext:1,2", "lazy_pgettext:1c,2"]),
}


@cache
def catalogue() -> Catalog:
    return read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="zh_Hans_CN")


def is_read(folder: str) -> bool:
    """Babel passes over folders like _base unless told otherwise."""
    return not Path(folder).name.startswith(".")


@cache
def sentences() -> dict[tuple[str | None, str], str]:
    """Every sentence the source asks for, as (context, msgid), with a place where it stands."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)
    found = {}
    for place, line, message, _comments, context in extract_from_dir(
        str(ROOT), methods, options, KEYWORDS, directory_filter=is_read
    ):
        msgid = message[0] if isinstance(message, tuple) else message
        found[context, msgid] = f"{place}:{line}"
    return found


def test_the_catalogue_holds_every_sentence():
    missing = [f"{place}: {key[1]}" for key, place in sentences().items() if catalogue().get(key[1], key[0]) is None]
    assert missing == []


def test_every_sentence_is_translated_and_none_is_doubtful():
    wrong = []
    for message in catalogue():
        parts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (message.fuzzy or not all(parts)):
            wrong.append(message.id)
    assert wrong == []


def test_a_translation_keeps_the_values_of_its_sentence():
    wrong = []
    for message in catalogue():
        if not message.id or not message.string:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = {name for text in ids for name in PLACEHOLDER.findall(text) if name}
        wrong += [text for text in strings if {name for name in PLACEHOLDER.findall(text) if name} != wanted]
    assert wrong == []


def test_the_catalogue_keeps_nothing_that_nobody_says():
    unused = [
        message.id for message in catalogue() if message.id and (message.context, first(message.id)) not in sentences()
    ]
    assert unused == []


def test_sentences_are_written_in_english():
    assert [f"{place}: {msgid}" for (_context, msgid), place in sentences().items() if CHINESE.search(msgid)] == []


@pytest.mark.parametrize("file", templates(), ids=shown)
def test_a_template_shows_no_text_outside_the_catalogue(file):
    assert untranslated(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('<p class="big">{{ _("Saved") }}</p>', []),
        ("<p>Saved {# note #}</p>", ["Saved"]),
        ("<p>{% trans n=3 %}{{ n }} days{% endtrans %}</p>", []),
        ('<a title="Open it">{{ x }}</a>', ["Open", "it"]),
        ('{{ button("Save") }}', ["Save"]),
        ('{{ button(_("Save"), kind="btn btn-primary") }}', []),
        ("<td>提交</td>", ["提交"]),
    ],
)
def test_the_search_for_loose_text_finds_it(source, found):
    assert untranslated(source) == found


def first(msgid):
    return msgid[0] if isinstance(msgid, (tuple, list)) else msgid
