"""Zips taken apart, and which file belongs to which document."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.documents.hostile import parcel
from tracker.documents.belonging import bundled
from tracker.documents.parcels import Piece, taken_apart


def pieces(*names: str) -> list[Piece]:
    parts = [name.split("/") for name in names]
    return [Piece(one[-1], b"x", tuple(one[:-1])) for one in parts]


def belongs(*names: str) -> tuple[dict[str, list[str]], list[str]]:
    bundles, strays = bundled(pieces(*names))
    return {one.document.name: [beside.name for beside in one.beside] for one in bundles}, [one.name for one in strays]


def test_chinese_names_are_read_whoever_made_the_zip() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("建议/关于修路.docx", b"1")
        raw = zipfile.ZipInfo("关于治水.docx".encode("gb18030").decode("cp437"))
        archive.writestr(raw, b"2")
    content = made.getvalue()
    [one, other] = taken_apart("两件.zip", content)
    assert (one.name, one.folder) == ("关于修路.docx", ("建议",))
    gbk = io.BytesIO()
    with zipfile.ZipFile(gbk, "w") as archive:
        entry = zipfile.ZipInfo("x" * len("关于治水.docx".encode("gb18030")))
        archive.writestr(entry, b"2")
    old = gbk.getvalue().replace(b"x" * len("关于治水.docx".encode("gb18030")), "关于治水.docx".encode("gb18030"))
    assert [piece.name for piece in taken_apart("旧.zip", old)] == ["关于治水.docx"]


def test_what_systems_put_into_zips_is_passed_over() -> None:
    files = dict.fromkeys(("a.docx", "__MACOSX/._a.docx", ".DS_Store", "x/Thumbs.db", "~$a.docx", "._b.docx"), b"1")
    assert [piece.name for piece in taken_apart("a.zip", parcel(files))] == ["a.docx"]


@pytest.mark.parametrize(
    ("names", "owned", "strays"),
    [
        (("甲.docx", "甲-附件1.pdf", "乙.docx"), {"甲.docx": ["甲-附件1.pdf"], "乙.docx": []}, []),
        (("1.docx", "10.docx", "10.jpg", "1照片.jpg"), {"1.docx": ["1照片.jpg"], "10.docx": ["10.jpg"]}, []),
        (("甲/甲.docx", "甲/现场.jpg", "乙/乙.docx"), {"甲.docx": ["现场.jpg"], "乙.docx": []}, []),
        (("甲.docx", "乙.docx", "甲/一.jpg", "乙/二.jpg"), {"甲.docx": ["一.jpg"], "乙.docx": ["二.jpg"]}, []),
        (("03-修路.docx", "04-治水.docx", "04-附表.xlsx"), {"03-修路.docx": [], "04-治水.docx": ["04-附表.xlsx"]}, []),
        (("修路.docx", "修路附件.docx"), {"修路.docx": ["修路附件.docx"]}, []),
        (("附件1 修路.pdf", "修路.docx", "治水.docx"), {"修路.docx": ["附件1 修路.pdf"], "治水.docx": []}, []),
        (("修路.docx", "治水.docx", "名单.xlsx"), {"修路.docx": [], "治水.docx": []}, ["名单.xlsx"]),
        (("修路.docx", "地图.png"), {"修路.docx": ["地图.png"]}, []),
        (("关于附件管理的建议.docx",), {"关于附件管理的建议.docx": []}, []),
    ],
)
def test_a_file_belongs_by_its_name_its_folder_or_its_number(names, owned, strays) -> None:
    assert belongs(*names) == (owned, strays)


def test_documents_stand_in_the_order_of_their_numbers() -> None:
    bundles, _strays = bundled(pieces("10.docx", "2.docx", "1.docx"))
    assert [one.document.name for one in bundles] == ["1.docx", "2.docx", "10.docx"]
