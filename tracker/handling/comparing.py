"""What changed between two versions of a reply, paragraph by paragraph. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Protocol


class Mark(StrEnum):
    """What became of a paragraph."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Paragraph:
    mark: Mark
    text: str


class Version(Protocol):
    """What is compared of a version."""

    @property
    def number(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def class_label(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Changed:
    """Two versions beside each other: the class before and now, and the paragraphs with their marks."""

    before: Any
    now: Any
    paragraphs: list[Paragraph]

    @property
    def is_any(self) -> bool:
        """Whether a word of it changed, or the class."""
        marks = {one.mark for one in self.paragraphs}
        return marks - {Mark.SAME} != set() or self.before.class_label != self.now.class_label


def changes(versions: Sequence[Version], kind: str | None = None) -> Changed | None:
    """The last two versions (of one kind, if one is named); None while there are not two."""
    chosen = [one for one in versions if kind is None or getattr(one, "kind", None) == kind]
    if len(chosen) < 2:
        return None
    before, now = chosen[-2:]
    return Changed(before, now, list(compared(list(told(before)), list(told(now)))))


def compared(before: Sequence[str], now: Sequence[str]) -> Iterator[Paragraph]:
    """The paragraphs of both in reading order; where some were replaced, the old ones stand before the new ones."""
    for tag, first, last, start, end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Paragraph(Mark.SAME, one) for one in now[start:end])
        else:
            yield from (Paragraph(Mark.GONE, one) for one in before[first:last])
            yield from (Paragraph(Mark.NEW, one) for one in now[start:end])


def told(version: Version) -> Iterator[str]:
    """A version as paragraphs: its letter, then what stands beside it."""
    yield from (line.strip() for line in version.text.splitlines() if line.strip())
    facts = version.facts
    for request, answer, in_letter in facts.get("points", ()):
        yield f"{request} — {answer or ('✓' if in_letter else '…')}"
    yield from facts.get("measures", ())
    for one in facts.get("promises", ()):
        yield " · ".join(filter(None, (one.get("what"), one.get("owner"), one.get("due_on"))))
    yield from filter(None, (facts.get("refusal"), facts.get("legal_basis")))
