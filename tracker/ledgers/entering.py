"""One row becomes a suggestion with its proposed bodies, or fills in what a known suggestion lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from tracker.actor import Actor
from tracker.dispatch import actions as dispatch
from tracker.dispatch import rules as parts_rules
from tracker.dispatch.clocks import Law
from tracker.dispatch.models import Part
from tracker.errors import N_, RuleBroken
from tracker.intake import actions as intake
from tracker.intake import old_rows
from tracker.intake.actions import Recording
from tracker.intake.content import Content
from tracker.ledgers.existing import Existing
from tracker.ledgers.facts import LedgerRow, Question
from tracker.ledgers.known import Known, plain
from tracker.ledgers.report import Report
from tracker.ledgers.rows import Ledger
from tracker.structure.models import Body, Congress, Meeting, MeetingKind
from tracker.suggestion.journey import Stage
from tracker.suggestion.models import Origin, Publicity, Suggestion

OTHER_ITEM = N_("The number belongs to another suggestion here: neither title nor deputy agree. Nothing was changed.")
TOO_LONG = N_("The cell is longer than %(most)d signs; the whole of it is kept with the row.")
UNTITLED = "—"
PUBLICITIES = {"public": Publicity.FULL, "summary": Publicity.TITLE_ONLY, "not_public": Publicity.NO}
LONGEST = {"title": 300, "number": 40, "category": 60, "remark": 500}
Bodies = list[tuple[Body, Part]]


@dataclass
class Entered:
    """A row and the suggestion it speaks of; `bodies` are those that are said to handle it, if all are known."""

    row: LedgerRow
    suggestion: Suggestion
    is_new: bool
    changed: bool = False
    bodies: Bodies = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """What a row asks to be done: a suggestion written down, or what a known one lacks; and the bodies it names."""

    row: LedgerRow
    known: Suggestion | None
    recording: Recording
    lacking: Mapping[str, Any] = field(default_factory=dict)
    co_signers: Sequence[int] = ()
    proposed: Bodies = field(default_factory=list)
    handling: Bodies = field(default_factory=list)


class Entering:
    """Enters rows into one meeting."""

    def __init__(
        self, ledger: Ledger, congress: Congress, meeting: Meeting, known: Known, report: Report, *, by: Actor, on: date
    ) -> None:
        self.ledger, self.congress, self.meeting, self.known, self.report = ledger, congress, meeting, known, report
        self.by, self.on, self.at = by, on, known.at
        self.existing = Existing(meeting)
        self._laws: dict[date, Law] = {}

    def law(self, on: date) -> Law:
        """The rules in force on a day, read once per day of the ledger."""
        if on not in self._laws:
            self._laws[on] = Law.named(self.congress.rules_name, on, self.congress.id)
        return self._laws[on]

    def ask(self, row: LedgerRow, name: str, why: str, value: str = "", **values: object) -> None:
        self.report.ask(Question(row.row, self.ledger.mapping.heading(name), value, why, name, values))

    def plan(self, row: LedgerRow) -> Plan | None:
        """What is to be done for the row's suggestion, found or new; None if its number belongs to another one."""
        known = self.existing.claim(row)
        if known is not None and _is_other(known, row):
            self.ask(row, "number", OTHER_ITEM, row.number)
            return None
        recording = self._recording(row, is_new=known is None)
        proposed, handling = self._bodies(row) if known is None or known.stage is Stage.RECORDED else ([], [])
        if known is None:
            return Plan(row, None, recording, proposed=proposed, handling=handling)
        if self.existing.proposals.get(known.id) == {body.id: part for body, part in proposed}:
            proposed = []
        lacking, co_signers = self._lacking(known, recording.content, row)
        return Plan(row, known, recording, lacking, co_signers, proposed, handling)

    def enter(self, plans: Sequence[Plan]) -> list[Entered]:
        """Do what was planned, by the rules of a clerk's own entry.

        :raises RuleBroken: a rule refuses one of them.
        """
        new = [plan for plan in plans if plan.known is None]
        recorded = iter(intake.record_all(self.meeting, [plan.recording for plan in new], by=self.by))
        entered = [self._entered(plan, plan.known or next(recorded)) for plan in plans]
        proposed = [
            dispatch.Proposed(one.suggestion, plan.proposed, self._proposed_on(one))
            for plan, one in entered
            if plan.proposed
        ]
        dispatch.propose_all(proposed, by=self.by)
        return [one for _plan, one in entered]

    def _entered(self, plan: Plan, suggestion: Suggestion) -> tuple[Plan, Entered]:
        is_new, changed = plan.known is None, bool(plan.proposed)
        if is_new:
            set_committed_value(suggestion, "meeting", self.meeting)
        else:
            acting: dict[str, Any] = {"by": self.by, "on": self.on, "at": self.at}
            changed |= old_rows.fill(suggestion, plan.lacking, plan.co_signers, **acting)
        return plan, Entered(plan.row, suggestion, is_new, changed, plan.handling)

    def _proposed_on(self, one: Entered) -> date:
        recorded_on = one.suggestion.recorded_on
        return min(max(recorded_on, one.row.handed_over_on or recorded_on), self.on)

    def _recording(self, row: LedgerRow, *, is_new: bool) -> Recording:
        day = self.recorded_on(row)
        law = self.law(day)
        number = self._short(row, "number", row.number) if is_new else ""
        return Recording(
            self._content(row),
            on=day,
            rules_in_force=law.row,
            number=number or None,
            number_key=row.number_key[:40],
            check=False,
            known_by_number=bool(row.number_key) and bool(number) and row.number_key not in self.existing.by_number,
            calendar=law.calendar,
        )

    def recorded_on(self, row: LedgerRow) -> date:
        """The first day the ledger or the meeting shows it was there; the day of reading in if nothing does."""
        told = [day for day in (row.handed_over_on, row.replied_on, row.signed_on, row.published_on) if day]
        opened = [day for day in (self.meeting.opened_on,) if day and day <= self.on]
        return min([*told, *opened], default=self.on)

    def _content(self, row: LedgerRow) -> Content:
        lead, delegation_id, others = self._people(row)
        return Content(
            title=self._short(row, "title", row.title) or row.text[:60] or UNTITLED,
            text=row.text,
            origin=Origin.RECESS if self.meeting.kind is MeetingKind.RECESS else Origin.MEETING,
            category=self._short(row, "category", row.category),
            publicity=PUBLICITIES.get(row.publicity, Publicity.UNKNOWN),
            lead_deputy_id=lead,
            delegation_id=delegation_id,
            internal=row.internal,
            key=row.key,
            remark=self._short(row, "remark", row.remark),
            co_signer_ids=others,
        )

    def _people(self, row: LedgerRow) -> tuple[int | None, int | None, list[int]]:
        heading = self.ledger.mapping.heading
        lead = others = None
        if row.lead_deputy:
            lead = self.known.deputy(row.lead_deputy, row.delegation, row.row, heading("lead_deputy"))
        column = heading("co_signers") or heading("lead_deputy")
        others = [self.known.deputy(name, "", row.row, column) for name in row.co_signers]
        delegation = self.known.delegation(row.delegation) if row.delegation else None
        delegation_id = delegation.id if delegation else lead.delegation_id if lead else None
        return (lead.id if lead else None), delegation_id, [one.id for one in others if one is not None]

    def _short(self, row: LedgerRow, name: str, value: str) -> str:
        most = LONGEST[name]
        if len(value) <= most:
            return value
        self.ask(row, name, TOO_LONG, value[:most], most=most)
        return "" if name == "number" else value[: most - 1] + "…"

    def _lacking(self, known: Suggestion, said: Content, row: LedgerRow) -> tuple[dict[str, Any], list[int]]:
        """What the row knows and the suggestion lacks, and its co-signers if it has none."""
        empty: dict[str, Any] = {
            name: getattr(said, name)
            for name in ("category", "lead_deputy_id", "delegation_id", "remark", "key", "internal")
            if not getattr(known, name) and getattr(said, name)
        }
        if known.lead_deputy and known.lead_deputy.delegation_id == said.delegation_id:
            empty.pop("delegation_id", None)  # known of him, not of what he wrote
        if said.publicity is not Publicity.UNKNOWN and known.publicity is Publicity.UNKNOWN:
            empty["publicity"] = said.publicity
        if said.text and known.id not in self.existing.with_text:
            empty["text"] = said.text
        if row.title and known.title == UNTITLED:
            empty["title"] = said.title
        if row.number_key and not known.number_key and row.number_key not in self.existing.by_number:
            empty |= {"number": row.number[:40], "number_key": row.number_key[:40]}
        return empty, [] if known.id in self.existing.signed else said.co_signer_ids

    def _bodies(self, row: LedgerRow) -> tuple[Bodies, Bodies]:
        """The bodies to be proposed, and those that are said to handle it: none unless all are known."""
        is_said = any(not proposed for _name, _role, proposed in row.bodies)
        named, are_all_known = self._named(row, proposed=not is_said)
        if not named:
            return [], []
        try:
            parts = [Part(part) for part in parts_rules.settled([str(part) for _body, part in named])]
            parts_rules.must_fit_together([str(part) for part in parts])
        except RuleBroken as broken:
            if are_all_known:
                self.ask(row, "lead_body" if is_said else "proposed_body", broken.message)
            return [], []
        wanted = [(body, part) for (body, _part), part in zip(named, parts, strict=True)]
        return wanted, wanted if is_said and are_all_known else []

    def _named(self, row: LedgerRow, *, proposed: bool) -> tuple[Bodies, bool]:
        """The bodies of a row that are known, and whether they all are."""
        are_all_known = True
        found: dict[int, tuple[Body, Part]] = {}
        for name, role, is_proposed in row.bodies:
            if is_proposed != proposed:
                continue
            body = self.known.body(name, row.row, self._heading(role, proposed))
            if body is not None:
                found.setdefault(body.id, (body, Part(role)))
            are_all_known &= body is not None
        return list(found.values()), are_all_known

    def _heading(self, role: str, proposed: bool) -> str:
        if proposed:
            names = ("proposed_co_bodies", "proposed_body") if role == "co" else ("proposed_body",)
        else:
            names = {"co": ("co_bodies", "lead_body"), "separate": ("separate_bodies", "lead_body")}.get(
                role, ("lead_body",)
            )
        return next(filter(None, map(self.ledger.mapping.heading, names)), "")


def _is_other(known: Suggestion, row: LedgerRow) -> bool:
    """Whether a suggestion found by its number is another one: the title differs, and the deputy does not agree."""
    if not row.title or plain(known.title) == plain(row.title[: LONGEST["title"]]) or known.title == UNTITLED:
        return False
    lead = plain(known.lead_deputy.name) if known.lead_deputy else ""
    return not lead or lead != plain(row.lead_deputy)
