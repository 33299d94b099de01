"""A body answers a signal in its own words; the office dismisses one, takes that back, and says what is looked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.signals import rules
from tracker.signals.choices import chosen
from tracker.signals.kind import About, SignalKind
from tracker.signals.known import find_kind
from tracker.signals.models import Dismissal, Signal, SignalAnswer, SignalChoice, SignalLook
from tracker.structure.models import Congress
from tracker.suggestion.actions import make


def is_of_the_body(signal: Signal) -> bool:
    """Whether it hints at the handling of a body, which then reads and answers it; else it is told to who sees all."""
    kind = find_kind(signal.kind)
    return kind is not None and kind.about is About.BODY and signal.assignment_id is not None


def answer(signal: Signal, text: str, *, by: Actor, on: date) -> SignalAnswer:
    """Whoever it is about says something to it in his own words; an earlier answer stays beside it.

    On paper, entered by the office: `by.on_behalf_of` names whose paper it is.

    :raises RuleBroken: nothing is said, or its fact no longer holds.
    """
    rules.must_be_answerable(text, is_open=signal.is_open)
    made = SignalAnswer(
        signal_id=signal.id, text=text.strip(), on=on, by_name=by.name, on_behalf_of=by.on_behalf_of or ""
    )
    db.session.add(made)
    if is_of_the_body(signal):
        make("answer_signal", signal.suggestion, signal.assignment, by=by, on=on, sign=signal.kind)
    else:
        make("answer_own_signal", signal.suggestion, by=by, on=on, sign=signal.kind)
    db.session.flush()
    return made


def dismiss(signal: Signal, reason: str, *, by: Actor, on: date) -> Dismissal:
    """The office finds that it hints at nothing here. It stays to be read, does not count, and is not raised again
    while its fact holds.

    :raises RuleBroken: no reason, its fact no longer holds, or it was dismissed before.
    """
    is_dismissed = _standing(signal) is not None
    rules.must_be_dismissible(reason, is_open=signal.is_open, is_dismissed=is_dismissed)
    made = Dismissal(signal_id=signal.id, reason=reason.strip(), on=on, by_name=by.name)
    db.session.add(made)
    if is_of_the_body(signal):
        make("dismiss_signal", signal.suggestion, signal.assignment, by=by, on=on, sign=signal.kind, reason=made.reason)
    else:
        make("dismiss_own_signal", signal.suggestion, by=by, on=on, sign=signal.kind, reason=made.reason)
    db.session.flush()
    return made


def restore(signal: Signal, *, by: Actor, on: date) -> None:
    """The office takes its dismissal back; that it was dismissed, and why, stays to be read.

    :raises RuleBroken: it is not dismissed.
    """
    found = _standing(signal)
    if found is None:
        raise RuleBroken(N_("This sign is not dismissed."))
    found.undone_on, found.undone_by = on, by.name
    if is_of_the_body(signal):
        make("restore_signal", signal.suggestion, signal.assignment, by=by, on=on, sign=signal.kind)
    else:
        make("restore_own_signal", signal.suggestion, by=by, on=on, sign=signal.kind)


def see_all(congress_id: int, body_id: int | None, *, by: Actor, at: datetime) -> None:
    """The office, or a body, has looked at what was raised up to now; it leaves the desk."""
    last = db.session.scalar(sa.select(sa.func.max(Signal.id)).where(Signal.congress_id == congress_id))
    if last is not None:
        row = SignalLook(congress_id=congress_id, body_id=body_id, signal_id=last, at=at, by_name=by.name)
        db.session.add(row)


def choose(
    congress: Congress, kind: SignalKind, *, is_on: bool, thresholds: Mapping[str, int], by: Actor, on: date
) -> SignalChoice | None:
    """From the next time it is looked for a kind, or not, with these thresholds; None where nothing would change.

    :raises RuleBroken: a threshold is missing, or lies outside its limits.
    """
    rules.must_fit(thresholds, [(one.name, one.least, one.most) for one in kind.thresholds])
    wanted = {one.name: thresholds[one.name] for one in kind.thresholds}
    now = next(one for one in chosen(congress.id) if one.kind is kind)
    if (now.is_on, {name: now.set_at[name] for name in wanted}) == (is_on, wanted):
        return None
    made = SignalChoice(congress_id=congress.id, kind=kind.key, is_on=is_on, thresholds=wanted, on=on, by_name=by.name)
    db.session.add(made)
    db.session.flush()
    return made


def _standing(signal: Signal) -> Dismissal | None:
    wanted = sa.select(Dismissal).where(Dismissal.signal_id == signal.id, Dismissal.undone_on.is_(None))
    return db.session.scalars(wanted).one_or_none()
