"""Reads a ledger file into suggestions: what each row says, and a question for whatever cannot be known."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from tracker.errors import N_
from tracker.ledgers import secrecy
from tracker.ledgers.cells import RowReader
from tracker.ledgers.columns import Mapping, recognise
from tracker.ledgers.facts import LedgerRow, Question
from tracker.ledgers.overrides import Overrides
from tracker.ledgers.records import Record, Skipped, split
from tracker.ledgers.sheets import open_grids

NO_DEPUTY_COLUMN = N_("The ledger has no column with the deputies.")
OTHER_SHEET = N_("The sheet %(sheet)s looks like a ledger too and was not read.")
TOTAL_DIFFERS = N_("The totals say %(said)s suggestions, but %(counted)s were read.")
REPEATED_NUMBER = N_("The number already stands in row %(first)s.")
REPEATED_SUGGESTION = N_("The same title and deputy already stand in row %(first)s.")


@dataclass(frozen=True)
class Ledger:
    """A ledger as read. Questions never block: every row counts, and what is in question is left empty in it."""

    title: str
    mapping: Mapping
    rows: list[LedgerRow] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def read(
    path: Path | str,
    *,
    sheet: str | None = None,
    mapping: Overrides | None = None,
    encoding: str | None = None,
    today: date | None = None,
) -> Ledger:
    """Read the suggestions of a ledger file (.xlsx, .xls, .ods, .csv).

    `mapping` overrides what the alias table recognises, `sheet` and `encoding` win over those it names. With `today`,
    a hand-over or reply in the future is a question. Raises LedgerUnreadable for a file refused as a whole.
    """
    chosen = mapping or Overrides()
    grids = open_grids(Path(path), sheet=sheet or chosen.sheet, encoding=encoding or chosen.encoding)
    grid, found, others = recognise(grids, chosen)
    records = split(grid, found)
    _refuse_secret(records.found, found)
    reader = RowReader(found, today)
    rows = [reader.read(record) for record in records.found]
    told_apart, repeats = _tell_apart(rows, found)
    questions = [Question(0, "", other, OTHER_SHEET, values={"sheet": other}) for other in others]
    questions += _missing_columns(found)
    questions += sorted([*reader.questions, *repeats], key=lambda question: question.row)
    for total in records.totals:
        if total.said != total.counted:
            values = {"said": total.said, "counted": total.counted}
            questions.append(Question(total.row, "", total.printed, TOTAL_DIFFERS, values=values))
    return Ledger(found.title, found, told_apart, records.skipped, questions)


def _refuse_secret(records: list[Record], mapping: Mapping) -> None:
    place = mapping.column("secrecy")
    for record in records if place is not None else []:
        secrecy.refuse_secret_row(record.row, record.text(place))


def _missing_columns(mapping: Mapping) -> list[Question]:
    held, header = set(mapping.columns.values()), mapping.header_rows[0]
    if "lead_deputy" not in held:
        return [Question(header, "", "", NO_DEPUTY_COLUMN, "lead_deputy")]
    return []


def _tell_apart(rows: list[LedgerRow], mapping: Mapping) -> tuple[list[LedgerRow], list[Question]]:
    """A number may stand once; the second row keeps its number as printed, but is not known by it."""
    first: dict[tuple[str, ...], int] = {}
    kept, questions = [], []
    for row in rows:
        if row.number_key and (seen := first.get((row.number_key,))):
            heading, values = mapping.heading("number"), {"first": seen}
            questions.append(Question(row.row, heading, row.number, REPEATED_NUMBER, "number", values))
            row = replace(row, number_key="")
        named = (row.title, row.lead_deputy)
        if row.number_key:
            first[(row.number_key,)] = row.row
        elif row.title and (seen := first.get(named)):
            heading, values = mapping.heading("title"), {"first": seen}
            questions.append(Question(row.row, heading, row.title, REPEATED_SUGGESTION, "title", values))
        else:
            first.setdefault(named, row.row)
        kept.append(row)
    return kept, questions
