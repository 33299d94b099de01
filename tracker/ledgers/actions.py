"""Reading a ledger in: every row counts, nothing is guessed, the same again adds nothing."""

from __future__ import annotations

from collections.abc import Callable, Set
from datetime import date, datetime

from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import db
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
from tracker.structure.models import Congress, Meeting

Progress = Callable[[str, int, int], None]


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
    """The rows of one ledger, entered one after the other."""

    def __init__(self, entering: Entering, partial: bool, progress: Progress | None) -> None:
        self.entering, self.partial = entering, partial
        self.progress = progress or (lambda _what, _done, _of: None)

    def read_in(self, rows: list[LedgerRow]) -> list[Entered]:
        all_entered: list[Entered] = []
        for place, row in enumerate(rows, start=1):
            self.progress("rows", place, len(rows))
            found: list[Entered | None] = []
            if self._try(row, lambda row=row, found=found: found.append(self.entering.enter(row))):  # type: ignore[misc]
                all_entered += [one for one in found if one is not None]
        outcomes = Outcomes(self.entering)
        outcomes.hand_over(all_entered)
        for place, one in enumerate(all_entered, start=1):
            self.progress("outcomes", place, len(all_entered))
            self._try(one.row, lambda one=one: outcomes.answer(one))  # type: ignore[misc]
        outcomes.ask_of_the_whole()
        db.session.flush()
        return all_entered

    def _try(self, row: LedgerRow, act: Callable[[], None]) -> bool:
        try:
            if not self.partial:
                act()
                return True
            with db.session.begin_nested():
                act()
        except RuleBroken as broken:
            if not self.partial:
                raise RuleBroken(N_("Row %(row)d: %(why)s"), row=row.row, why=str(broken)) from broken
            self.entering.report.skipped.append(Skipped(row.row, str(broken)))
            return False
        return True


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
    db.session.add_all(
        ImportedRow(
            import_id=kept.id, row=row.row, suggestion_id=of.get(row.row), known_by=name_of(row), cells=row.cells
        )
        for row in ledger.rows
    )
    facts = {"imported": report.imported, "updated": report.updated, "ledger": kept.id}
    trace("ledger_imported", by, at=at, **facts)
