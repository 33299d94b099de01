"""The page of a path: one suggestion's whole way as a picture, and the same in tables."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from tracker import clock
from tracker.deadlines.clauses import Kind
from tracker.deadlines.names import kind_name
from tracker.held import picture, rules
from tracker.held.names import HOLDERS, TASKS, WAYS
from tracker.held.path import Due, Path, Turn, path_of
from tracker.held.views import pages
from tracker.people.visitors import visitor
from tracker.roles import BODY as BODY_ROLES
from tracker.roles import SEES_ALL, Role
from tracker.suggestion.ball import runs
from tracker.suggestion.journey import MOVES
from tracker.suggestion.spans import BODY, DEPUTY, HUB, OFFICE
from tracker.web.filters import in_language
from tracker.web.gate import allow
from tracker.web.languages import ngettext

ORDER = (OFFICE, HUB, BODY, DEPUTY)
READERS = (*SEES_ALL, Role.HUB, *BODY_ROLES, Role.COMMITTEE)


@pages.get("/suggestions/<int:suggestion_id>/path")
@allow(*READERS)
def path(suggestion_id: int) -> str:
    """Who had it when; a body sees its own part. To a deputy the handling side is one, he reads the history."""
    today = clock.today()
    found = path_of(suggestion_id, visitor(), today)
    lanes = _lanes(found)
    return render_template(
        "held/path.html",
        path=found,
        suggestion=found.suggestion,
        turns=[(one, _who(one), _(TASKS[one.span.task])) for one in found.turns],
        totals=[(who, *_total(theirs, today)) for who, theirs in lanes],
        picture=picture.draw(
            [_row(who, theirs, found.dues, today) for who, theirs in lanes],
            [(one.on, _(MOVES[one.move].label)) for one in found.moves],
            _rounds(found.turns),
            today,
        ),
        moves=[(one, _(MOVES[one.move].label)) for one in found.moves],
        dues=[(one, in_language(one.assignment.body), kind_name(one.kind)) for one in found.dues],
        passes=[
            (one, _body(found, one.from_body), _body(found, one.to_body), _(WAYS[one.way])) for one in found.passes
        ],
        lost=rules.lost_days(found.passes),
        waited=[(in_language(one.body), days) for one, days in found.waited],
        today=today,
    )


def _lanes(found: Path) -> list[tuple[str, list[Turn]]]:
    """The turns by their holder: our office first, then hubs, bodies as they came to it, the deputies last."""
    lanes: dict[tuple[int, Any], list[Turn]] = {}
    for one in found.turns:
        lanes.setdefault((ORDER.index(one.span.holder), one.span.name), []).append(one)
    return [(_who(theirs[0]), theirs) for _key, theirs in sorted(lanes.items(), key=lambda pair: pair[0][0])]


def _who(turn: Turn) -> str:
    if not turn.body:
        return _("The hub") if turn.span.holder == HUB else _(HOLDERS[turn.span.holder])
    return turn.body if isinstance(turn.body, str) else in_language(turn.body)


def _body(found: Path, name: Any) -> str:
    body = found.bodies.get(name, name)
    return body if isinstance(body, str) else in_language(body)


def _total(theirs: list[Turn], today: date) -> tuple[int, bool]:
    """Calendar days a holder had it in all, none twice, and whether he has it now."""
    lasted = runs(one.span for one in theirs)
    return sum((max(on, to or today) - on).days for on, to in lasted), any(to is None for _on, to in lasted)


def _row(who: str, theirs: list[Turn], dues: list[Due], today: date) -> picture.Row:
    days, is_now = _total(theirs, today)
    said = ngettext("%(num)d day", "%(num)d days", days)
    label = f"{said}, {_('there now')} · {who}" if is_now else f"{said} · {who}"
    bodies = {one.span.name for one in theirs if one.span.holder == BODY}
    row = picture.Row(label)
    for one in theirs:
        span = one.span
        told = (
            f"{_(TASKS[span.task])}, {span.from_on.isoformat()} – {span.to_on.isoformat() if span.to_on else _('now')}"
        )
        row.turns.append((span.from_on, span.to_on, picture.looks(span.holder, span.task), told))
    for due in dues:
        if due.assignment.body_id in bodies:
            row.dues += _marks(due)
    return row


def _marks(due: Due) -> list[tuple[date, str, str]]:
    """The last day as it is, and as it was given if that was another."""
    kind = kind_name(due.kind if isinstance(due.kind, Kind) else Kind(due.kind))
    found = [(due.due_on, "due", _("Last day, %(kind)s: %(day)s", kind=kind, day=due.due_on.isoformat()))]
    if due.original_on != due.due_on:
        first = _("First last day, %(kind)s: %(day)s", kind=kind, day=due.original_on.isoformat())
        found.append((due.original_on, "original", first))
    return found


def _rounds(turns: list[Turn]) -> list[tuple[date, str]]:
    """The days on which later rounds began."""
    begun: dict[int, date] = {}
    for one in turns:
        if one.span.round > 1:
            begun[one.span.round] = min(begun.get(one.span.round, one.span.from_on), one.span.from_on)
    return [(on, _("Round %(number)s", number=number)) for number, on in sorted(begun.items())]
