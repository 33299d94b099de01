"""What a form says under its labels: of its tables, and of its lines. Pure."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from itertools import groupby

from tracker.documents.labels import TEXT_FIELDS, label_of, labelled
from tracker.documents.persons import is_only_names, named
from tracker.documents.reading import Line

LEADING = ("title", "lead", "co_signers", *TEXT_FIELDS)


@dataclass(frozen=True)
class Mark:
    """A piece of a line and the field it was taken for."""

    line: int
    start: int
    end: int
    field: str


@dataclass
class Said:
    """A field with its value, and where it stands. `group` tells the rows of a table of people apart."""

    field: str
    text: str
    marks: list[Mark] = dataclasses.field(default_factory=list)
    group: str = ""


@dataclass
class Box:
    """A cell of a table."""

    lines: list[int]
    text: str
    label: str
    continued: bool


def said_in_tables(lines: list[Line]) -> tuple[list[Said], set[int]]:
    """What the tables say, and which of their lines are used up by it."""
    found: list[Said] = []
    used: set[int] = set()
    placed = [(number, line) for number, line in enumerate(lines) if line.in_table]
    for _table, of_table in groupby(placed, key=lambda one: one[1].table):
        reading = _Table(lines, list(of_table))
        found += reading.read()
        used |= reading.used
    return found, used


def said_in_lines(lines: list[Line], numbers: list[int]) -> tuple[list[Said], dict[int, list[Said]]]:
    """What lines say under labels in the line; also by line. A label that ends its line speaks of the one below."""
    found: list[Said] = []
    by_line: dict[int, list[Said]] = {}
    waiting = ""
    for number in numbers:
        text = lines[number].text
        here = labelled(text, in_table=lines[number].in_table)
        if not here and waiting and waiting not in TEXT_FIELDS and _may_be(waiting, text):
            found.append(one := Said(waiting, text, [Mark(number, 0, len(text), waiting)]))
            by_line[number] = [one]
            waiting = waiting if waiting == "co_signers" else ""
            continue
        for value in here:
            marks = [Mark(number, value.start, value.end, value.field)] if value.end > value.start else []
            one = Said(value.field, text[value.start : value.end], marks)
            found.append(one)
            by_line.setdefault(number, []).append(one)
        if here:
            waiting = here[-1].field if here[-1].start == here[-1].end and here[-1].field in LEADING else ""
        elif (alone := label_of(text)) in LEADING and len(text) <= 12 and alone not in ("proposals", "reasons"):
            found.append(one := Said(alone, ""))
            by_line[number] = [one]
            waiting = alone
        else:
            waiting = "" if text else waiting
    return found, by_line


def _may_be(field_said: str, text: str) -> bool:
    """Whether a line can be the value of the label over it: no sentence, and under a label of people only names."""
    if re.search(r"[。;；!！?？]", text):
        return False
    return field_said == "title" or (len(text) <= 60 and bool(named(text).names) and is_only_names(text))


class _Table:
    """Reads one table: label beside value, label above value, or a heading row above rows of people."""

    def __init__(self, lines: list[Line], placed: list[tuple[int, Line]]) -> None:
        self.lines = lines
        self.rows = [self._boxes(list(row)) for _row, row in groupby(placed, key=lambda one: one[1].row)]
        self.found: list[Said] = []
        self.used: set[int] = set()
        self.waiting = ""
        self.beside: dict[int, str] = {}
        self.columns: dict[int, str] = {}
        self.group = ""

    def _boxes(self, row: list[tuple[int, Line]]) -> list[Box]:
        boxes = []
        for _cell, of_cell in groupby(row, key=lambda one: one[1].cell):
            held = list(of_cell)
            text = "\n".join(line.text for _number, line in held).strip("\n")
            continued = held[0][1].continued and not text
            label = label_of(text) or label_of("".join(line.text for _n, line in held))
            boxes.append(Box([number for number, _line in held], text, label, continued))
        return boxes

    def read(self) -> list[Said]:
        for place, row in enumerate(self.rows):
            has_label = any(box.label for box in row)
            if self.columns and not has_label:
                self._person(place, row)
                continue
            self.columns = {}
            if self._is_heading(place):
                self._head(row)
            elif has_label or any(box.continued and at in self.beside for at, box in enumerate(row)):
                self._beside(row)
            else:
                self._loose(row)
        return self.found

    def _is_heading(self, place: int) -> bool:
        row = [box for box in self.rows[place] if not box.continued]
        if len(row) < 2 or not all(box.label for box in row) or place + 1 == len(self.rows):
            return False
        below = self.rows[place + 1]
        return (
            len(below) == len(self.rows[place])
            and not any(box.label for box in below)
            and any(box.text for box in below)
        )

    def _head(self, row: list[Box]) -> None:
        labels = [box.label for box in row]
        is_of_signers = "co_signers" in (*labels, self.waiting, *self.beside.values())
        self.columns = {place: box.label for place, box in enumerate(row) if box.label}
        if is_of_signers and "name" in labels:
            self.columns = {at: label for at, label in self.columns.items() if label != "co_signers"}
        self.group = "co_signers" if is_of_signers else "people"
        self.waiting = ""
        self._use(row)

    def _person(self, place: int, row: list[Box]) -> None:
        for at, box in enumerate(row):
            if at in self.columns and box.text:
                self._say(self.columns[at], [box], f"{self.group}:{place}")

    def _beside(self, row: list[Box]) -> None:
        label = ""
        values: list[Box] = []
        heard: list[tuple[str, list[Box]]] = []
        for at, box in enumerate(row):
            if box.label or (box.continued and at in self.beside):
                heard.append((label, values))
                label, values = box.label or self.beside[at], []
                self.beside[at] = label
                self._use([box])
            else:
                self.beside.pop(at, None)
                values.append(box)
        heard.append((label, values))
        self.waiting = ""
        for field_said, boxes in heard:
            filled = [box for box in boxes if box.text]
            if field_said and filled:
                self._say(field_said, filled)
            elif field_said:
                self.waiting = field_said if len(row) == 1 or field_said in TEXT_FIELDS else self.waiting
            else:
                self._loose(filled)

    def _loose(self, row: list[Box]) -> None:
        filled = [box for box in row if box.text]
        if self.waiting and filled and not labelled(filled[0].text.split("\n")[0], in_table=True):
            self._say(self.waiting, filled)
            return
        for box in filled:
            self._in_box(box)

    def _in_box(self, box: Box) -> None:
        """A cell that holds label and value; a text under its label goes on to the end of the cell."""
        for place, number in enumerate(box.lines):
            text = self.lines[number].text
            here = labelled(text, in_table=True)
            alone = label_of(text) if not here else ""
            last = alone or (here[-1].field if here else "")
            for value in here[:-1] if last in TEXT_FIELDS else here:
                self._mark(value.field, number, value.start, value.end)
            if last in TEXT_FIELDS:
                start = here[-1].start if here else len(text)
                below = box.lines[place + 1 :]
                self._text(last, number, start, below)
                return
            if here:
                self.used.add(number)

    def _text(self, field_said: str, number: int, start: int, below: list[int]) -> None:
        first = self.lines[number].text[start:]
        marks = [Mark(number, start, len(self.lines[number].text), field_said)] if first else []
        marks += [Mark(one, 0, len(self.lines[one].text), field_said) for one in below]
        text = "\n".join([*([first] if first else []), *(self.lines[one].text for one in below)])
        if text:
            self.found.append(Said(field_said, text, marks))
        self.used |= {number, *below}

    def _mark(self, field_said: str, number: int, start: int, end: int) -> None:
        if end > start:
            text = self.lines[number].text[start:end]
            self.found.append(Said(field_said, text, [Mark(number, start, end, field_said)]))

    def _say(self, field_said: str, boxes: list[Box], group: str = "") -> None:
        numbers = [number for box in boxes for number in box.lines if self.lines[number].text]
        marks = [Mark(number, 0, len(self.lines[number].text), field_said) for number in numbers]
        joined = "\n".join(self.lines[number].text for number in numbers)
        self.found.append(Said(field_said, joined, marks, group))
        self.used |= set(numbers)
        if field_said not in TEXT_FIELDS:
            self.waiting = ""

    def _use(self, boxes: list[Box]) -> None:
        self.used |= {number for box in boxes for number in box.lines}
