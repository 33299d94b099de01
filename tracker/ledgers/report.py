"""What came of reading a ledger in: counts, rows left out, questions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tracker.ledgers.facts import Question
from tracker.ledgers.records import Skipped
from tracker.ledgers.rows import Ledger


@dataclass(frozen=True)
class Source:
    """Where a ledger comes from: the file's own name, and the digest of its content."""

    file_name: str = ""
    digest: str = ""


NOWHERE = Source()


@dataclass
class Report:
    """`rows` are the suggestions of the ledger: new ones are `imported`, known ones `updated` or left as they were.

    `created` names what was made on request, `meeting` where the rows went. Questions never block.
    """

    rows: int
    mapping: dict[str, str]
    imported: int = 0
    updated: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    created: dict[str, list[str]] = field(default_factory=dict)
    meeting: str = ""
    import_id: int | None = None

    @classmethod
    def of(cls, ledger: Ledger) -> Report:
        skipped, questions = list(ledger.skipped), list(ledger.questions)
        return cls(len(ledger.rows), ledger.mapping.as_json(), skipped=skipped, questions=questions)

    def ask(self, question: Question) -> None:
        self.questions.append(question)

    def as_json(self) -> dict[str, Any]:
        """The report for programs; sentences are in English."""
        return {
            "rows": self.rows,
            "imported": self.imported,
            "updated": self.updated,
            "skipped": [{"row": one.row, "reason": one.reason} for one in self.skipped],
            "questions": [
                {"row": one.row, "column": one.column, "value": one.value, "why": said(one.why, one.values)}
                for one in self.sorted_questions()
            ],
            "mapping": self.mapping,
            "meeting": self.meeting,
            "created": self.created,
        }

    def as_facts(self) -> dict[str, Any]:
        """The report as it is kept: reasons stay msgids with values, to be told in any language."""
        questions = [
            {"row": one.row, "column": one.column, "value": one.value, "why": one.why, "values": dict(one.values)}
            for one in self.sorted_questions()
        ]
        return {**self.as_json(), "questions": questions}

    def sorted_questions(self) -> list[Question]:
        return sorted(self.questions, key=lambda question: question.row)


def said(why: str, values: Any) -> str:
    """A msgid with its values, in English."""
    return why % values if values else why
