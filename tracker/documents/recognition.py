"""Recognises a suggestion in a document: title, who makes it, its text, and what the form asks besides. Pure.

A labelled value counts more than a place on the page, and what the document says more than the file's name. Whatever is
not recognised stays empty and visible; nothing is made up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any

from tracker.contact_facts import mail_address, telephone_meant
from tracker.documents import values, words
from tracker.documents.found import Found
from tracker.documents.labels import TEXT_FIELDS
from tracker.documents.persons import named
from tracker.documents.prose import Prose, is_title, plain_title, top_of
from tracker.documents.reading import Line, Paper
from tracker.documents.said import Mark, Said, said_in_tables

SHORT_TEXT = 40
LONGEST_TITLE = 150
_CONTACT = {
    "card_number": 40,
    "address": 200,
    "postcode": 10,
    "employer": 120,
    "contact_person": 60,
    "wished_body": 120,
}


def recognise(paper: Paper, file_name: str, known: Collection[str] = ()) -> tuple[Found, list[Mark]]:
    """What the document says, and where; `known` are the names of the deputies there are."""
    return _Recognition(paper.lines, file_name, known).read()


class _Recognition:
    def __init__(self, lines: list[Line], file_name: str, known: Collection[str]) -> None:
        self.lines, self.file_name, self.known = lines, file_name, known
        self.found, self.marks = Found(), list[Mark]()
        self.said, self.used = said_in_tables(lines)

    def read(self) -> tuple[Found, list[Mark]]:
        prose = Prose(self.lines, self.used, self.known, has_title=bool(self._titles()))
        self.said += prose.said
        self._title(prose)
        self._text(prose)
        self._people(prose)
        self._rest(prose)
        self._from_name()
        return self.found, self.marks

    def _all(self, field: str) -> list[Said]:
        return [one for one in self.said if one.field == field and one.text.strip()]

    def _take(self, one: Said) -> str:
        self.marks += one.marks
        return one.text.strip()

    def _titles(self) -> list[Said]:
        """What is labelled as the title; a whole account of the reasons under that label is none (案由)."""
        fitting = [one for one in self._all("title") if len(one.text) <= LONGEST_TITLE and one.text.count("\n") < 3]
        return sorted(fitting, key=lambda one: not is_title(one.text.replace("\n", "")))

    def _title(self, prose: Prose) -> None:
        titles = self._titles()
        chosen = titles[0] if titles else prose.title
        if chosen is not None:
            self.found.title = plain_title(self._take(chosen))

    def _text(self, prose: Prose) -> None:
        under = [one for one in self.said if one.field in TEXT_FIELDS and one.text.strip()]
        whole = [one for one in under if one.field == "text"]
        parts = [one for one in under if one.field != "text"]
        if not whole and not parts and (long := [one for one in self._all("title") if len(one.text) > LONGEST_TITLE]):
            parts = long
        chosen = whole or parts
        if parts and whole and len(whole[0].text) < SHORT_TEXT:
            chosen = [*whole, *parts]
        pieces = [self._written(one) for one in chosen]
        running = prose.text_under(self.found.title)
        if sum(map(len, pieces)) < SHORT_TEXT and len(running) > sum(map(len, pieces)):
            self.found.text = running
            self.marks += prose.text_marks
            return
        self.found.text = "\n".join(pieces)
        prose.leave_text()

    def _written(self, one: Said) -> str:
        """A text without the signature at its end, which tells who and when."""
        numbers = [mark.line for mark in one.marks]
        if len(numbers) != len(one.text.split("\n")):
            return self._take(one)
        ending = Prose.ending_of(self.lines, numbers, self.known)
        self.said += ending.said
        kept = [mark for mark in one.marks if mark.line not in ending.lines]
        kept = kept[top_of(self.found.title, [self.lines[mark.line].text[mark.start :] for mark in kept]) :]
        self.marks += kept
        return "\n".join(self.lines[mark.line].text[mark.start : mark.end] for mark in kept).strip()

    def _people(self, prose: Prose) -> None:
        leads = [one for one in self.said if one.field == "lead" or (one.field == "name" and one.group == "")]
        people = self._of_groups("people")
        for one in sorted(leads, key=lambda said: said.field != "lead"):
            self._lead(one)
        if not self.found.lead and people:
            self._lead(people[0])
            people = people[1:]
        for one in [*self._all("co_signers"), *self._of_groups("co_signers"), *people]:
            self._co_signers(one)
        if not self.found.lead:
            for one in prose.signers:
                self._lead(one)
        for one in self._all("delegation"):
            self._delegation(one)
        self.found.co_signers = [one for one in dict.fromkeys(self.found.co_signers) if one != self.found.lead]

    def _of_groups(self, kind: str) -> list[Said]:
        return [one for one in self.said if one.field in ("name", "lead") and one.group.startswith(kind)]

    def _lead(self, one: Said) -> None:
        who = named(one.text, self.known)
        if who.delegation and not self.found.delegation:
            self.found.delegation = who.delegation
        if not who.names:
            if who.delegation:
                self.marks += one.marks
            return
        if not self.found.lead:
            self.found.lead = who.names[0]
            self.found.co_signers_incomplete = self.found.co_signers_incomplete or who.incomplete
            self.found.co_signers += who.names[1:]
            self.marks += one.marks

    def _co_signers(self, one: Said) -> None:
        who = named(one.text, self.known)
        if who.names:
            self.found.co_signers += [name for name in who.names if name not in self.found.co_signers]
            self.marks += [Mark(mark.line, mark.start, mark.end, "co_signers") for mark in one.marks]
        self.found.co_signers_incomplete = self.found.co_signers_incomplete or who.incomplete

    def _delegation(self, one: Said) -> None:
        if not self.found.delegation and not one.group.startswith("co_signers"):
            found = re.search(words.DELEGATION, re.sub(r"\s", "", one.text))
            self.found.delegation = found[0] if found else one.text.strip()[:80]
            self.marks += one.marks

    def _rest(self, prose: Prose) -> None:
        for name, most in _CONTACT.items():
            self._first(name, lambda text, most=most: re.sub(r"\s+", " ", text)[:most])  # type: ignore[misc]
        self._first("phone", telephone_meant)
        self._first("email", mail_address)
        self._first("number", lambda text: re.sub(r"\s+", "", text)[:40] if re.search(r"\d", text) else "")
        self._first("category", lambda text: values.chosen(text).split("\n")[0][:60])
        self._first("publicity", values.publicity)
        self._first("survey_method", values.survey_method)
        for name in ("long_unsolved", "contact_wanted", "reference_only"):
            self._first(name, values.says_yes)
        ticked = values.ticked_statements("\n".join(line.text for line in self.lines if len(line.text) < 200))
        for name in ticked:
            setattr(self.found, name, True)
        for one in [*self._all("date"), *self._all("day"), *prose.days]:
            if not self.found.submitted_on and (day := values.read_day(one.text)):
                self.found.submitted_on = day.isoformat()
                self.marks += one.marks

    def _first(self, name: str, read: Callable[[str], Any]) -> None:
        """The first value of the lead's own that can be read."""
        for one in self._all(name):
            if one.group.startswith("co_signers") or getattr(self.found, name):
                continue
            if value := read(one.text.strip()):
                setattr(self.found, name, value)
                self.marks += one.marks

    def _from_name(self) -> None:
        stem = re.sub(r"\.docx$", "", self.file_name, flags=re.I)
        title, names = split_name(stem, self.known)
        if not self.found.title and title:
            self.found.title = title
            self.found.from_name.append("title")
        if not self.found.lead and not self.found.delegation and names:
            self.found.lead = names[0]
            self.found.from_name.append("lead")


def split_name(stem: str, known: Collection[str]) -> tuple[str, list[str]]:
    """Title and deputies' names in a file's name, such as "03-张三-关于…的建议" or "关于…的建议(张三)"."""
    found = re.search(r"(?:关于|对于).{2,90}?(?:建议|意见|议案)", stem)
    title = found[0] if found else ""
    rest = re.sub(r"[\d_\-—–.+()（）【】\[\]]+", " ", stem.replace(title, " ") if title else stem)
    names = [name for token in rest.split() for name in named(token, known).names if name in known]
    return title, names
