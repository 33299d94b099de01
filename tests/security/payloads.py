"""What attackers and clumsy programs write into fields, a few for every kind of harm."""

from __future__ import annotations

SUM, PRODUCT = "1337*1337", "1787569"  # a template or a program that computes gives itself away
RARE = "\U00020bb7"  # a Chinese character beyond 16 bits
TEMPLATES = (
    f"{{{{{SUM}}}}}", f"${{{SUM}}}", f"#{{{SUM}}}", f"<%= {SUM} %>", f"{{%print({SUM})%}}", "%(message)s", "%s%n",
)  # fmt: skip
SCRIPTS = (
    "<script>fuzz()</script>", '"><img src=x onerror=fuzz()>', "'-fuzz()-'", "</textarea><svg onload=fuzz()>",
)  # fmt: skip
STATEMENTS = (
    "' OR 1=1 --", "1; DROP TABLE suggestion", "\\", "%' ESCAPE '", "') UNION SELECT 1 --", "_%", "''", '""',
)  # fmt: skip
HEADS = ("a\r\nX-Injected: yes", "a\nBcc: evil@evil.test", "a\u2028X-Injected: yes", "evil@evil.test,b@b.test")
PATHS = ("../../etc/passwd", "/etc/passwd", "//evil.test", "file:///etc/passwd", "C:\\x")
STRANGE = (
    "", " ", "\t\n", "a\0b", "\ud83d", "\udc00a", "\ufffe\uffff", f"{RARE}野家", "\u202eabc\u2066", "e\u0301" * 40,
    "😀👩\u200d👩\u200d👧", "\x0b\x1f\x7f\x85", "国" * 300, RARE * 300, "x" * 5_000, "９９９", "٣", "null", "undefined",
    "true", "[]", "{}", "on",
)  # fmt: skip
NUMBERS = (
    "0", "-1", "1e9", "1.5", "NaN", "inf", "9" * 9, str(2**31 - 1), str(2**31), str(2**63), "9" * 20, "9" * 5_000,
    "-" + "9" * 20, "0x10", "1_000", "+1", " 1 ",
)  # fmt: skip
DAYS = ("0000-00-00", "2026-02-30", "9999-12-31", "1000-01-01", "2026-1-1", "10000-01-01", "2026-W10", "26-01-01", "-1")
ALL = (*TEMPLATES, *SCRIPTS, *STATEMENTS, *HEADS, *PATHS, *STRANGE, *NUMBERS, *DAYS)
# Formulas as spreadsheets take them: every leading sign, behind blanks, invisible and full-width signs too.
_CALLS = ("1+1", 'HYPERLINK("http://evil.test","x")', "cmd|' /C calc'!A0")
_BEFORE = (
    "=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "\u00a0=", "\u3000=", "＝", "＋", "－", "＠", "\u200b=", "\ufeff=",
    "\u200d＝", "\u2060+", "\u202a=", "\u00ad=", "\x0b=", "\u200e@", ";=", ",=", '"=', "'=", "|", "%",
    "\u180e=", "\u2063-", "\ufe0f=", "\u115f=",
)  # fmt: skip
FORMULAS = tuple(f"{before}{_CALLS[place % len(_CALLS)]}" for place, before in enumerate(_BEFORE))
