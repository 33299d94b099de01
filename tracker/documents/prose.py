"""Reads what stands outside a form's cells: heading, title, byline, running text, the signature at its end. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field

from tracker.documents import words
from tracker.documents.labels import TEXT_FIELDS, label_of
from tracker.documents.persons import Named, byline, named
from tracker.documents.reading import Line
from tracker.documents.said import Mark, Said, said_in_lines
from tracker.documents.values import is_day

_TITLE = re.compile(words.TITLE)
_BEGINS = re.compile(words.TITLE_BEGINS)
_ENDS = re.compile(words.TITLE_ENDS)
_HEADING = re.compile(words.HEADING)
_NOTES = re.compile(words.NOTES)
_ADDRESSEE = re.compile(words.ADDRESSEE)
_BODY = re.compile(r"[。;；!！?？]|^[一二三四五六七八九十]{1,2}[、.．]|^[(（][一二三四五六七八九十]{1,2}[)）]")
BODY_LENGTH = 28
TITLE_LINES = 3


def is_title(text: str) -> bool:
    return bool(_TITLE.match(re.sub(r"\s", "", text)))


def plain_title(text: str) -> str:
    """A title on one line, without the marks books' titles have; blanks between Chinese signs go."""
    text = "".join(map(str.strip, text.split("\n"))).strip(" 《》“”\"'「」\t\u3000:：_")
    return re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u9fff\uff00-\uffef])", "", text)


def is_heading(text: str) -> bool:
    return bool(_HEADING.match(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace(",", "、")))


def top_of(title: str, lines: list[str]) -> int:
    """How many lines over a text only repeat the title or say whom it is to."""
    over = (
        place for place, one in enumerate(lines) if plain_title(one) not in (title, "") and not _ADDRESSEE.match(one)
    )
    return next(over, len(lines))


@dataclass
class Ending:
    """The signature under a text: which lines it takes, and what they say."""

    lines: set[int] = field(default_factory=set)
    said: list[Said] = field(default_factory=list)


class Prose:
    """The lines the tables have not used."""

    def __init__(self, lines: list[Line], used: set[int], known: Collection[str], *, has_title: bool) -> None:
        self.lines, self.known = lines, known
        free = [number for number in range(len(lines)) if number not in used and lines[number].text]
        self.free = self._without_notes(free)
        self.said, self.by_line = said_in_lines(lines, self.free)
        self.signers: list[Said] = []
        self.days: list[Said] = []
        self.title: Said | None = None
        self.body: list[int] = []
        labelled_title = has_title or any(one.field == "title" and one.text for one in self.said)
        after = 0 if labelled_title else self._find_title()
        self._find_body(after)

    def text_under(self, title: str) -> str:
        """The running text, without the title where it stands over the text once more."""
        self.body = self.body[top_of(title, [self.lines[number].text for number in self.body]) :]
        return "\n".join(self.lines[number].text[self._from(number) :] for number in self.body)

    @property
    def text_marks(self) -> list[Mark]:
        return [Mark(one, self._from(one), len(self.lines[one].text), "text") for one in self.body]

    def leave_text(self) -> None:
        """The text stands elsewhere."""
        self.body = []

    @classmethod
    def ending_of(cls, lines: list[Line], numbers: list[int], known: Collection[str]) -> Ending:
        """The signature at the end of a text."""
        filled = [number for number in numbers if lines[number].text]
        said, by_line = said_in_lines(lines, filled[-12:])
        ending = Ending()
        for number in reversed(filled[1:]):
            text = lines[number].text
            if number in by_line and len(text) <= 80 and not _keeps_text(by_line[number]):
                ending.said += by_line[number]
            elif not (signature := _signature(number, lines[number], known)) and not _NOTES.match(text):
                break
            else:
                ending.said += signature
            ending.lines.add(number)
        return ending

    def _without_notes(self, free: list[int]) -> list[int]:
        """Without the notes on how a form is filled in, which stand at its end."""
        for place, number in enumerate(free):
            if place and _NOTES.match(self.lines[number].text) and place > len(free) // 2:
                return free[:place]
        return free

    def _find_title(self) -> int:
        """The title where it has no label: alone in a line, or over two or three centred ones. Answers what follows."""
        for place, number in enumerate(self.free[:40]):
            if number in self.by_line or is_heading(self.lines[number].text):
                continue
            for count in range(1, TITLE_LINES + 1):
                numbers = self.free[place : place + count]
                joined = re.sub(r"\s", "", "".join(self.lines[one].text for one in numbers))
                if count > 1 and not self._may_go_on(numbers):
                    break
                if _TITLE.match(joined) and not any(one in self.by_line for one in numbers):
                    self._take_title(numbers)
                    return place + count
        return self._conspicuous_title()

    def _may_go_on(self, numbers: list[int]) -> bool:
        first, rest = self.lines[numbers[0]], [self.lines[one] for one in numbers[1:]]
        starts = bool(_BEGINS.match(re.sub(r"\s", "", first.text))) and not re.search(r"[。;；]", first.text)
        return starts and all(one.centred == first.centred and len(one.text) < 45 for one in rest)

    def _conspicuous_title(self) -> int:
        """A centred or heading line that is neither the form's own heading nor a name nor a day."""
        for place, number in enumerate(self.free[:12]):
            line = self.lines[number]
            stands_out = (line.centred or line.heading) and 4 <= len(line.text) <= 60
            is_other = is_heading(line.text) or is_day(line.text) or bool(_BODY.search(line.text))
            if stands_out and number not in self.by_line and not is_other and not byline(line.text, self.known).names:
                self._take_title([number])
                return place + 1
        return 0

    def _take_title(self, numbers: list[int]) -> None:
        text = "\n".join(self.lines[one].text for one in numbers)
        self.title = Said("title", text, [Mark(one, 0, len(self.lines[one].text), "title") for one in numbers])

    def _find_body(self, after: int) -> None:
        free = self.free[after:]
        under = [one for one in free if any(said.field == "text" for said in self.by_line.get(one, []))]
        free = free[free.index(under[0]) :] if under else free[self._head(free) :]
        if not free:
            return
        ending = self.ending_of(self.lines, free, self.known)
        self.body = [one for one in free if one not in ending.lines]
        if under and self._from(self.body[0]) == len(self.lines[self.body[0]].text):
            self.body = self.body[1:]
        inside = set(self.body)
        self.said = [one for one in self.said if not any(mark.line in inside for mark in one.marks)]
        self.signers += [one for one in ending.said if one.field == "signer"]
        self.days += [one for one in ending.said if one.field == "day"]

    def _head(self, free: list[int]) -> int:
        """How many lines stand before the text: headings, labels, who it is from, whom it is to."""
        for place, number in enumerate(free):
            line = self.lines[number]
            if number in self.by_line or is_heading(line.text) or _ADDRESSEE.match(line.text) or label_of(line.text):
                continue
            who = byline(line.text, self.known)
            if (who.names or who.delegation) and not _BODY.search(line.text):
                self.signers.append(_signed(number, line, who))
            elif is_day(line.text):
                self.days.append(Said("day", line.text, [Mark(number, 0, len(line.text), "date")]))
            elif not self._labels_follow(free, place):
                return place
        return len(free)

    def _labels_follow(self, free: list[int], place: int) -> bool:
        """A short line among the labels of the head is part of it."""
        line = self.lines[free[place]]
        if len(line.text) >= BODY_LENGTH or _BODY.search(line.text):
            return False
        return any(one in self.by_line for one in free[place + 1 : place + 4])

    def _from(self, number: int) -> int:
        """Where the text begins in a line that begins with the label of the text."""
        for one in self.by_line.get(number, []):
            if one.field == "text":
                return one.marks[0].start if one.marks else len(self.lines[number].text)
        return 0


def _keeps_text(said: list[Said]) -> bool:
    return any(one.field in TEXT_FIELDS for one in said)


def _signed(number: int, line: Line, who: Named) -> Said:
    names = " ".join(filter(None, (who.delegation, "、".join(who.names))))
    return Said("signer", names, [Mark(number, 0, len(line.text), "lead")])


def _signature(number: int, line: Line, known: Collection[str]) -> list[Said]:
    """What a line of the signature says; nothing if it is none."""
    whole = [Mark(number, 0, len(line.text), "date")]
    if is_day(line.text):
        return [Said("day", line.text, whole)]
    who = byline(line.text, known)
    looks_signed = line.right or line.centred or all(name in known for name in who.names)
    if (who.names and looks_signed) or (who.delegation and not who.names):
        return [_signed(number, line, who)]
    day = re.search(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*$", line.text)
    if day and named(line.text[: day.start()], known).names and len(line.text) < 40:
        return [
            Said("day", day[0], [Mark(number, day.start(), day.end(), "date")]),
            Said("signer", line.text[: day.start()], [Mark(number, 0, day.start(), "lead")]),
        ]
    return []
