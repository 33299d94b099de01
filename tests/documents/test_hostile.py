"""Hostile files get a sentence and leave nothing, neither on the disk nor in the database."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from docx.oxml import parse_xml

from tests.documents.hostile import HOSTILE, LAUGHS, good, parcel, word
from tracker.documents.models import Document, Sending
from tracker.files.models import File
from tracker.suggestion.models import Suggestion


def rows(session) -> list[int]:
    kinds = (File, Sending, Document, Suggestion)
    return [session.scalar(sa.select(sa.func.count()).select_from(kind)) for kind in kinds]


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.engines("sqlite")
def test_it_gets_a_sentence_and_leaves_nothing(what: str, send, session, on_disk) -> None:
    name, make, why = HOSTILE[what]
    begun = time.process_time()
    page = send((name, make()))
    assert why in page.text
    assert page.all("form")
    assert rows(session) == [0, 0, 0, 0]
    assert on_disk() == []
    assert time.process_time() - begun < 10


def test_what_is_refused_takes_nothing_else_with_it(send, session, on_disk) -> None:
    made = [make for name, make, _why in HOSTILE.values() if name == "一.docx" and make is not good][:18]
    bad = {f"{place:02}.docx": make() for place, make in enumerate(made, start=1)}
    page = send(("全部.zip", parcel({**bad, "99.docx": good()})))
    assert "Documents 1 " in page.text
    assert "damaged" in page.text
    assert rows(session) == [1, 1, 1, 0]
    assert len(on_disk()) == 1


def test_a_marked_document_leaves_not_even_its_name(send, session, on_disk) -> None:
    secret = word("机密★5年", "关于雷达站的建议")
    page = send(("两件.zip", parcel({"雷达站.docx": secret, "雷达站-附图.txt": b"map", "道路.docx": good()})))
    assert "Document 2 carries a secrecy marking" in page.text
    sending = session.scalar(sa.select(Sending))
    assert "雷达" not in str(sending.left_out) + page.text
    assert rows(session) == [1, 1, 1, 0]
    assert len(on_disk()) == 1


def test_the_parser_itself_resolves_nothing(tmp_path: Path) -> None:
    told = tmp_path / "told.txt"
    told.write_text("told to nobody", encoding="utf-8")
    xml = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{told.as_uri()}">]><d>&x;</d>'
    assert "told" not in "".join(parse_xml(xml.encode()).itertext())
    assert "ha" not in "".join(parse_xml(LAUGHS).itertext())


def test_the_word_secret_inside_a_sentence_is_no_marking(send, session) -> None:
    page = send(("一.docx", word("关于保护商业秘密的建议", "企业的商业秘密和工作秘密应当得到保护,请尽快立法。")))
    assert "Documents 1 " in page.text
