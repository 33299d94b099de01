"""The days of a year as a person writes them, or as a file holds them; pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date

from tracker.errors import N_, RuleBroken

Written = tuple[date, bool, str]

OFF = ("off", "放假", "休", "休息")
WORKED = ("worked", "上班", "班", "补班", "调休上班")
HOLIDAYS = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Tomb-sweeping Day",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-autumn Festival",
    "国庆节": "National Day",
    "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日": "Anti-Fascist 70th Day",
}
_MOST_DAYS = 366
_LONGEST_NAME = 80
_ENCODINGS = ("utf-8-sig", "gb18030")  # the second is how a Chinese spreadsheet saves a table as text


def read_lines(text: str) -> list[Written]:
    """Days written a line each: “2027-02-06 off Spring Festival”.

    :raises RuleBroken: a line is not a day, a word that says off or worked, and a name.
    """
    return [_line(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]


def read_file(content: bytes) -> list[Written]:
    """A csv file with the columns day, working (1, true, yes or the words of a line) and name.

    :raises RuleBroken: it is no such file.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(_decoded(content)), restval=""))
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise RuleBroken(N_("This file cannot be read as a table of days.")) from wrong
    if not rows or not {"day", "working", "name"} <= set(rows[0]):
        raise RuleBroken(N_("The file needs the columns day, working and name."))
    if len(rows) > _MOST_DAYS:
        raise RuleBroken(N_("A year has no more than 366 days."))
    return [_line(number, f"{row['day']} {_word(row['working'])} {row['name']}") for number, row in enumerate(rows, 2)]


def lines_of(
    days: Iterable[Written], *, off: str = OFF[0], worked: str = WORKED[0], called: Callable[[str], str] = str
) -> str:
    """The same days as lines, to be changed and read again; the two words and the holidays in the reader's language."""
    said = ((day.isoformat(), worked if working else off, called(name)) for day, working, name in days)
    return "\n".join(" ".join(line).rstrip() for line in said)


def _decoded(content: bytes) -> str:
    for encoding in _ENCODINGS[:-1]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode(_ENCODINGS[-1])


def _word(said: str | None) -> str:
    word = (said or "").strip().lower()
    return {"1": "worked", "true": "worked", "yes": "worked", "0": "off", "false": "off", "no": "off"}.get(word, word)


def _line(number: int, line: str) -> Written:
    day, word, name = (*line.split(maxsplit=2), "", "", "")[:3]
    try:
        when = date.fromisoformat(day)
    except ValueError:
        raise RuleBroken(N_("Line %(number)d begins with no day such as 2027-02-06."), number=number) from None
    if word.lower() not in (*OFF, *WORKED):
        raise RuleBroken(N_("Line %(number)d does not say “off” or “worked” after the day."), number=number)
    name = name.strip()
    if len(name) > _LONGEST_NAME:
        raise RuleBroken(
            N_("Line %(number)d: a name has no more than %(most)d letters."), number=number, most=_LONGEST_NAME
        )
    return when, word.lower() in WORKED, HOLIDAYS.get(name, name)
