"""Reading a ledger in: every row counts, nothing is guessed, the same again adds nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from datetime import date, datetime
from typing import Protocol, TypeVar

from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import batches, db
from tracker.entities import new
from tracker.errors import N_, RuleBroken
from tracker.ledgers.entering import Entered, Entering
from tracker.ledgers.existing import name_of
from tracker.ledgers.facts import LedgerRow
from tracker.ledgers.known import Known
from tracker.ledgers.meetings import meeting_of
from tracker.ledgers.models import ImportedRow, LedgerImport
from tracker.ledgers.outcomes import Outcomes
from tracker.ledgers.records import Skipped
from tracker.ledgers.report import NOWHERE, Report, Source
from tracker.ledgers.rows import Ledger
from tracker.many import put_all
from tracker.structure.models import Congress, Meeting

AT_ONCE = 250  # rows written together: enough to spare the way to the database, few enough to take no memory
Progress = Callable[[str, int, int], None]


class Planned(Protocol):
    """What is planned for one row."""

    @property
    def row(self) -> LedgerRow: ...


T = TypeVar("T")
D = TypeVar("D")
P = TypeVar("P", bound=Planned)


def import_ledger(
    ledger: Ledger,
    congress: Congress,
    meeting: Meeting | None,
    *,
    create: Set[str] = frozenset(),
    by: Actor,
    on: date,
    at: datetime,
    source: Source = NOWHERE,
    partial: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Read a ledger's suggestions in, with what its rows say of bodies, hand-over, reply and rating.

    `create` may hold "bodies" and "deputies": unknown ones are then made. All rows or none; with `partial` a row that
    a rule refuses is left out and the others stay. `dry_run` tells what would come of it and undoes it. History bears
    the ledger's days; nobody is told by letter.

    :raises RuleBroken: a rule refuses a row (named in the sentence), and not `partial`.
    """
    report = Report.of(ledger)
    attempt = db.session.begin_nested()
    known = Known(congress, create, report, by=by, at=at)
    if meeting is None:
        meeting = meeting_of(ledger, congress, report, source=source, by=by, on=on, at=at)
    report.meeting = meeting.name
    entering = Entering(ledger, congress, meeting, known, report, by=by, on=on)
    try:
        entered = _Rows(entering, partial, progress).read_in(ledger.rows)
    except BaseException:
        attempt.rollback()
        raise
    report.imported = sum(one.is_new for one in entered)
    report.updated = sum(one.changed and not one.is_new for one in entered)
    if dry_run:
        attempt.rollback()
        return report
    if report.imported or report.updated:
        _keep(report, ledger, entered, meeting, source, by=by, on=on, at=at)
    attempt.commit()
    return report


class _Rows:
    """The rows of one ledger, entered group by group: each by the rules of a clerk's own entry, written together."""

    def __init__(self, entering: Entering, partial: bool, progress: Progress | None) -> None:
        self.entering, self.partial = entering, partial
        self.progress = progress or (lambda _what, _done, _of: None)

    def read_in(self, rows: list[LedgerRow]) -> list[Entered]:
        entered: list[Entered] = []
        for some in self._groups("rows", rows):
            plans = [plan for row in some if (plan := self.entering.plan(row)) is not None]
            entered += self._together(plans, self.entering.enter)
        outcomes = Outcomes(self.entering)
        outcomes.hand_over(entered)
        for group in self._groups("outcomes", entered):
            answered = self._together([outcomes.plan(one) for one in group], outcomes.answer)
            self._together(outcomes.plan_ratings(answered), outcomes.rate)
        outcomes.ask_of_the_whole()
        db.session.flush()
        return entered

    def _groups(self, what: str, things: list[T]) -> Iterator[Sequence[T]]:
        done = 0
        for some in batches(things, AT_ONCE):
            yield some
            done += len(some)
            self.progress(what, done, len(things))

    def _together(self, planned: Sequence[P], act: Callable[[Sequence[P]], list[D]]) -> list[D]:
        """Do what is planned of a group; where a rule refuses one, each by itself, so that it is known which."""
        if not planned:
            return []
        try:
            with db.session.begin_nested():
                return act(planned)
        except RuleBroken as broken:
            if len(planned) == 1:
                return self._left_out(planned[0].row.row, broken)
        return [done for one in planned for done in self._together([one], act)]

    def _left_out(self, row: int, broken: RuleBroken) -> list[D]:
        if not self.partial:
            raise RuleBroken(N_("Row %(row)d: %(why)s"), row=row, why=str(broken)) from broken
        self.entering.report.skipped.append(Skipped(row, str(broken)))
        return []


def _keep(
    report: Report,
    ledger: Ledger,
    entered: list[Entered],
    meeting: Meeting,
    source: Source,
    *,
    by: Actor,
    on: date,
    at: datetime,
) -> None:
    """Keep the report, and every row as printed."""
    kept = LedgerImport(
        congress_id=meeting.congress_id,
        meeting_id=meeting.id,
        file_name=source.file_name[:255],
        digest=source.digest,
        on=on,
        at=at,
        by_name=by.name,
        report=report.as_facts(),
    )
    db.session.add(kept)
    db.session.flush()
    report.import_id = kept.id
    of = {one.row.row: one.suggestion.id for one in entered}
    for some in batches(ledger.rows):
        rows = [_as_printed(row, kept.id, of.get(row.row)) for row in some]
        put_all(rows)
        for row in rows:  # nobody asks for them in this act, and there may be ten thousand
            db.session.expunge(row)
    facts = {"imported": report.imported, "updated": report.updated, "ledger": kept.id}
    trace("ledger_imported", by, at=at, **facts)


def _as_printed(row: LedgerRow, import_id: int, suggestion_id: int | None) -> ImportedRow:
    return new(
        ImportedRow,
        import_id=import_id,
        row=row.row,
        suggestion_id=suggestion_id,
        known_by=name_of(row),
        cells=row.cells,
    )
