"""Telephones, mail addresses and identity numbers as people write them in texts: what reaches or names a person. Pure.

Every pattern reads a plain text (`plain`): digits and signs of full width are as their narrow ones there. Letters are
ASCII only, as Chinese stands before and behind an address without a blank. Hotlines (12345, 400-…) reach no person.
"""

from __future__ import annotations

import re
import unicodedata

GAP = r"[ .\u2010-\u2015-]{0,3}"  # what people write between the digits of a number
COUNTRY = rf"\(?(?:\+|00)?86\)?{GAP}"
_BETWEEN = r"[\s().\u2010-\u2015-]{0,4}"
_AREA = r"(?:10|2\d|[3-9]\d\d)"  # without the 0 it begins with inside the country
_EXTENSION = r"(?: ?(?:-|#|转分机|转|分机|ext\.?) ?\d{1,6})?"

MOBILE = re.compile(
    rf"(?<!\d)(?:{COUNTRY})?0?1[3-9](?:\d{GAP}\d{{4}}{GAP}\d{{4}}|\d\d{GAP}\d{{4}}{GAP}\d{{3}})(?!\d)", re.ASCII
)
_LINE = rf"(?<![\d.-])(?:\(?(?:\+|00)86\)?{GAP}\(?0?\)?|\(?0){_AREA}\)?{GAP}[1-9]\d{{2,3}}{GAP}\d{{4}}"
LANDLINE = re.compile(rf"{_LINE}{_EXTENSION}(?!\d)", re.ASCII | re.IGNORECASE)
_WITHOUT_EXTENSION = re.compile(rf"{_LINE}(?!\d)", re.ASCII)
IDENTITY = re.compile(
    r"(?<![\dA-Za-z])\d{6} ?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]) ?\d{3}[\dXx](?!\d)", re.ASCII
)
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
# In a place meant for a telephone also one without its area code, a hotline, or one with a digit too many.
_MEANT = re.compile(
    rf"(?<![\d.-])(?:(?:[48]00{GAP})?\d{{3,4}}{GAP}\d{{4}}|\d{{7,12}}){_EXTENSION}(?!\d)", re.ASCII | re.IGNORECASE
)
_DIGITS = re.compile(r"\d[\d\W]{8}")  # no number is shorter, in any width: most texts are done with by this
_LONG = re.compile(r"(?<!\d)(?:\d{3,4}[- ]\d{6,8}|\d{11,12}|\d{17}[\dX])(?![\dX])", re.ASCII | re.IGNORECASE)

_WIDE_SIGNS = (0xA0, *range(0x2000, 0x2012), 0x3000, *range(0xFE50, 0xFFEF))
_NARROW = {sign: narrow for sign in _WIDE_SIGNS if len(narrow := unicodedata.normalize("NFKC", chr(sign))) == 1}
_WIDE = {sign: sign + 0xFEE0 for sign in range(0x21, 0x7F)}


def plain(text: str) -> str:
    """The text with its digits, letters and signs of full width made narrow; every sign keeps its place."""
    return text.translate(_NARROW)


def wide(text: str) -> str:
    """The text as it comes out of a keyboard set to full width."""
    return text.translate(_WIDE)


def tells(text: str) -> bool:
    """Whether a text reaches or names a person by a number or an address."""
    text = plain(text)
    return any(pattern.search(text) for pattern in (MOBILE, LANDLINE, IDENTITY, MAIL))


def could_be_a_number(text: str) -> bool:
    """Whether a text holds a telephone or an identity number, or a number so long that it may be one mistyped."""
    if not _DIGITS.search(text):
        return False
    text = plain(text)
    return any(pattern.search(text) for pattern in (_LONG, MOBILE, LANDLINE, IDENTITY))


def telephones_in(text: str) -> list[str]:
    """Every telephone in a text, without its extension."""
    return [found[0] for pattern in (MOBILE, _WITHOUT_EXTENSION) for found in pattern.finditer(plain(text))]


def telephone_meant(text: str) -> str:
    """The telephone in a text that was typed in the place of one, as it stands there; empty if there is none."""
    text = plain(text)
    searched = [MOBILE.search(text), LANDLINE.search(text)]
    found = min(filter(None, searched), key=lambda one: one.start(), default=None) or _MEANT.search(text)
    return found[0] if found else ""


def mail_address(text: str) -> str:
    """The first mail address in a text; empty if there is none."""
    found = MAIL.search(plain(text))
    return found[0] if found else ""


def digits_of(telephone: str) -> str:
    """The digits of a telephone as dialled inside the country, whatever stands between; empty for what is none."""
    bare = re.sub(r"[\s().+\u2010-\u2015-]", "", plain(telephone))
    found = re.fullmatch(r"(?:(?:00)?86(?=\d{9}))?0?(1[3-9]\d{9})|(?:00)?86(?=\d{9})0?(\d{9,11})|(\d+)", bare, re.ASCII)
    if found is None:
        return ""
    mobile, from_abroad, other = found.groups()
    return mobile or (f"0{from_abroad}" if from_abroad else other)


def in_any_spelling(fact: str) -> re.Pattern[str]:
    """Finds one telephone, mail address or other fact in a plain text, however it is written there."""
    written = re.escape(plain(fact))
    if MAIL.fullmatch(plain(fact)):
        written = rf"(?<![\w.+-]){written}(?![\w-]|\.\w)"
    elif digits := digits_of(fact).removeprefix("0"):
        written = rf"(?<!\d)(?:{COUNTRY})?\(?0?{_BETWEEN}{_BETWEEN.join(digits)}(?!\d)"
    return re.compile(written, re.ASCII | re.IGNORECASE)
