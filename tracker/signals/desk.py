"""New signals on the desk of the office and of bodies, one line a kind, until somebody has looked at them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.dispatch.awaiting import FIRST, NOTHING, TEXT, Awaited
from tracker.errors import N_
from tracker.roles import BODY, OFFICE
from tracker.signals import saying
from tracker.signals.models import Signal
from tracker.signals.queries import COUNTS
from tracker.signals.readers import readable, unseen
from tracker.signals.rules import Show
from tracker.stage import Harm, Visitor, Waiting
from tracker.suggestion.anyone import Anyone
from tracker.suggestion.models import Suggestion
from tracker.web.addresses import url_for
from tracker.web.languages import ngettext

NEW = N_("New signs to look at")


def awaited(visitor: Visitor) -> Iterable[Awaited]:
    """To the office what is new anywhere, to a body what is new about itself."""
    if visitor.role in (*OFFICE, *BODY) and visitor.assignment_id is None:
        yield Awaited(NEW, _new, lambda: _list(show=str(Show.UNSEEN)), _line)


@cache
def _new(who: Anyone) -> sa.Select[Any]:
    """Raised after the last look, the kinds with most of them first, in the desk's columns.

    Found by number: SQLite would go through all that are open to have them by kind.
    """
    many = sa.func.count()
    shown: tuple[Any, ...] = (
        sa.func.min(Signal.id).label("thing_id"),
        TEXT.label("number"),
        Signal.kind.label("title"),
        *(TEXT.label(name) for name in ("body_name", "body_short", "body_english")),
        sa.func.min(Signal.raised_on).label("since_on"),
        NOTHING.label("due_on"),
        sa.cast(sa.func.sum(many).over(), sa.Integer).label("total"),
        sa.cast(many, sa.Integer).label("more"),
    )
    wanted = sa.select(*shown).select_from(Signal).join(Suggestion, Suggestion.id == Signal.suggestion_id)
    wanted = wanted.where(readable(who), *COUNTS, unseen(who)).with_hint(Signal, "NOT INDEXED", "sqlite")
    return wanted.group_by(Signal.kind).order_by(many.desc(), Signal.kind).limit(FIRST)


def _line(row: Any, _today: date) -> Waiting:
    name = saying.name_of(row.title)
    title = ngettext("%(sign)s: %(num)d new sign", "%(sign)s: %(num)d new signs", row.more, sign=name)
    url = _list(show=str(Show.UNSEEN), kind=row.title)
    return Waiting(NEW, url, "", title, since_on=row.since_on, harm=Harm.AT_INTAKE.after(0))


def _list(**asked: str) -> str:
    return url_for("signals.index", **asked)
