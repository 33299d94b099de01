from __future__ import annotations

from pathlib import Path

import pytest

from tests.files.papers import DOC, JPEG, OLE, PDF, PNG, locked, zipped
from tracker.files import rules
from tracker.files.zips import UNPACKED_BYTES, Refused


def kind_of(tmp_path: Path, name: str, content: bytes) -> str:
    path = tmp_path / "upload"
    path.write_bytes(content)
    return rules.accept(path, name).endings[0]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("答复.pdf", PDF, "pdf"),
        ("盖章件.PNG", PNG, "png"),
        ("现场.jpeg", JPEG, "jpg"),
        ("关于3.5公里道路.docx", zipped("docx"), "docx"),
        ("台账.xlsx", zipped("xlsx"), "xlsx"),
        ("汇报.pptx", zipped("pptx"), "pptx"),
        ("公文.ofd", zipped("ofd"), "ofd"),
        ("旧文.doc", DOC, "doc"),
        ("旧表.xls", DOC, "doc"),
        ("公文.wps", DOC, "doc"),
        ("说明.txt", "您好，代表".encode("gb18030"), "txt"),
        ("说明.txt", "您好\t代表\r\n".encode("utf-16"), "txt"),
        ("答复", PDF, "pdf"),
    ],
)
def test_what_offices_send_is_taken(tmp_path: Path, name: str, content: bytes, kind: str) -> None:
    assert kind_of(tmp_path, name, content) == kind


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"MZ\x90\x00", "not taken"),
        ("a.exe", b"MZ\x90\x00", "not taken"),
        ("a.html", b"<html><script>1</script>", "not taken"),
        ("a.svg", b"<svg onload='x'/>", "not taken"),
        ("a.txt", b"  <svg onload='x'/>", "not taken"),
        ("a.txt", "\ufeff<!DOCTYPE html>".encode("utf-16-le"), "not taken"),
        ("a.txt", b"#!/bin/sh\n", "not taken"),
        ("a.txt", b"a\0b", "not taken"),
        ("a.zip", b"PK\x05\x06" + bytes(18), "not taken"),
        ("a.docx", b"PK\x03\x04 torn", "damaged"),
        ("a.docx", PDF, "right name"),
        ("a.pdf.exe", PDF, "right name"),
        ("a.docx", DOC, "right name"),
        ("a.docm", zipped("docx"), "right name"),
        ("a", DOC, "not taken"),
        ("a.docx", zipped("docx", {"word/vbaProject.bin": b"x"}), "macros"),
        ("a.xlsx", zipped("xlsx", {"xl/macrosheets/sheet1.xml": b"<a/>"}), "macros"),
        ("a.docx", zipped("docx", {"word/embeddings/setup.exe": b"MZ"}), "macros"),
        ("a.docx", zipped("docx", {"[Content_Types].xml": b"<a b='x.macroEnabled.main+xml'/>"}), "macros"),
        ("a.doc", OLE + bytes(80) + "_VBA_PROJECT".encode("utf-16-le"), "macros"),
        ("a.doc", OLE + bytes(80) + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.doc", OLE + bytes(72) + bytes.fromhex("84100C0000000000C000000000000046"), "not taken"),
        ("a.docx", locked(zipped("docx")), "password"),
        ("a.docx", zipped("docx", {"word/document.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "document type"),
        (
            "a.ofd",
            zipped("ofd", {"Doc.xml": '<?xml version="1.0"?><!DOCTYPE a><a/>'.encode("utf-16")}),
            "document type",
        ),
        ("a.docx", zipped("docx", {f"word/media/{n}.png": b"" for n in range(500)}), "parts"),
        ("a.docx", zipped("docx", {"word/media/1.png": bytes(UNPACKED_BYTES + 1)}), "once unpacked"),
        ("a.png", PNG[:16] + (60_000).to_bytes(4, "big") * 2, "pixels"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_could_do_harm_is_refused(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        kind_of(tmp_path, name, content)


def test_a_word_of_macros_cut_by_a_read_is_still_found(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="macros"):
        kind_of(tmp_path, "a.doc", OLE + bytes(256 * 1024 - 12) + "_VBA_PROJECT".encode("utf-16-le"))


@pytest.mark.parametrize(
    "name",
    ["关于“两会”建议的答复（正式）.docx", "𠮷野家.pdf", "re\u0301sume\u0301.pdf", "a.b.c.pdf", "答" * 80 + ".pdf"],
)
def test_a_name_is_kept_letter_by_letter(name: str) -> None:
    assert rules.tidy_name(name) == name


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\答复.docx", "答复.docx"),
        ("..", "file"),
        ("", "file"),
        (None, "file"),
        (".htaccess", "htaccess"),
        ("a\r\nSet-Cookie: b.pdf", "a__Set-Cookie_ b.pdf"),
        ("gpj\u202efdp.exe", "gpj_fdp.exe"),
        ("a\ud800.pdf", "a_.pdf"),
        ("答复.pdf ...", "答复.pdf"),
    ],
)
def test_a_name_loses_folders_and_tricks(raw: str | None, kept: str) -> None:
    assert rules.tidy_name(raw) == kept


def test_a_long_name_keeps_its_ending() -> None:
    assert rules.tidy_name("答" * 300 + ".docx") == "答" * 115 + ".docx"
