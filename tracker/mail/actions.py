"""What is done with letters: claimed by whoever sends them, marked afterwards, sent again, taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.mail.models import Letter, LetterState, Stopped
from tracker.mail.rules import LONGEST_WAIT, is_address, is_given_up, is_too_doubtful, without_secrets

LEASE = timedelta(minutes=5)
CARRIED = (
    Letter.id,
    Letter.kind,
    Letter.to_name,
    Letter.to_address,
    Letter.reply_to,
    Letter.language,
    Letter.subject,
    Letter.body_text,
    Letter.body_html,
    Letter.message_id,
    Letter.written_at,
    Letter.tries,
    Letter.refusals,
    Letter.doubts,
)


def is_due(at: datetime) -> sa.ColumnElement[bool]:
    """Waiting, and its time has come; or put off by a clock that stood wrong and was set back since."""
    come = sa.or_(Letter.next_try_at <= at, Letter.next_try_at > at + LONGEST_WAIT)
    return sa.and_(Letter.state == LetterState.WAITING, come)


def is_abandoned(at: datetime) -> sa.ColumnElement[bool]:
    """Held by a sender whose lease is over, or cannot be true: no lease ends so late by a clock that is right."""
    over = sa.or_(Letter.claimed_until < at, Letter.claimed_until > at + 2 * LEASE)
    return sa.and_(Letter.state == LetterState.SENDING, over)


def claim_next(*, by: str, at: datetime) -> Any:
    """Take the next letter that is due, for one try; None when there is none. Two workers never get the same one."""
    due = (
        sa.select(Letter.id)
        .where(is_due(at))
        .order_by(Letter.next_try_at, Letter.id)
        .limit(1)
        .with_for_update(skip_locked=True)  # SQLite has one writer at a time and needs no lock
    )
    taken = (
        sa.update(Letter)
        .where(Letter.id == due.scalar_subquery(), Letter.state == LetterState.WAITING)
        .values(state=LetterState.SENDING, claimed_by=by, claimed_until=at + LEASE, tries=Letter.tries + 1)
        .returning(*CARRIED)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(taken).one_or_none()


def free_abandoned(*, at: datetime) -> int:
    """Give back the letters whose sender died while sending; whether they arrived is uncertain, and shown."""
    return _change(
        sa.update(Letter)
        .where(is_abandoned(at))
        .values(
            state=LetterState.WAITING, next_try_at=at, claimed_by=None, claimed_until=None, uncertain=True,
            last_error="abandoned",
        )
    )  # fmt: skip


def keep_all(*, at: datetime) -> int:
    """Without a mail server letters are kept, to be shown and printed; answers how many."""
    return _change(sa.update(Letter).where(is_due(at)).values(state=LetterState.KEPT, next_try_at=None))


def mark_sent(letter: Any, *, by: str, at: datetime) -> None:
    """The server took it: never again, and its links are no longer ours to keep."""
    _mark(
        letter, by, state=LetterState.SENT, sent_at=at, next_try_at=None, last_error=None,
        body_text=without_secrets(letter.body_text), body_html=without_secrets(letter.body_html),
    )  # fmt: skip


def mark_failed(letter: Any, *, by: str, words: str, why: Stopped) -> None:
    """Refused for good: work for the office."""
    _mark(letter, by, state=LetterState.FAILED, next_try_at=None, last_error=words[:500], stopped=why)


def put_off(letter: Any, *, by: str, until: datetime, words: str, refusals: int, doubts: int) -> bool:
    """Try again later, under the same Message-ID; answers False when it is given up.

    It is given up when the server has put it off for 72 hours, or when it may have arrived several times already. A
    server that is away ends no letter.
    """
    counts = {"refusals": refusals, "doubts": doubts, **({"uncertain": True} if doubts else {})}
    why = Stopped.DOUBT if is_too_doubtful(doubts) else Stopped.PATIENCE if is_given_up(refusals) else None
    state = LetterState.FAILED if why else LetterState.WAITING
    next_try_at = None if why else until
    _mark(letter, by, state=state, next_try_at=next_try_at, last_error=words[:500], stopped=why, **counts)
    return why is None


def send_again(letter: Letter, *, at: datetime, address: str | None = None) -> None:
    """Put a failed or kept letter back among those that wait, to a corrected address if one is given.

    Its Message-ID stays, so that nobody who has it already sees a second letter.

    :raises RuleBroken: it is on its way or has arrived, or there is no address it could go to.
    """
    if letter.state not in (LetterState.FAILED, LetterState.KEPT):
        raise RuleBroken(N_("Only a letter that failed or was kept can be sent again."))
    wanted = letter.to_address if address is None else address.strip()
    if letter.channel != "mail" or not is_address(wanted):
        raise RuleBroken(N_("There is no address this letter could be mailed to."))
    letter.state, letter.next_try_at, letter.to_address = LetterState.WAITING, at, wanted
    letter.tries = letter.refusals = letter.doubts = 0
    letter.last_error = letter.stopped = None
    db.session.flush()


def send_all_again(which: sa.ColumnElement[bool], *, at: datetime) -> int:
    """Put all failed letters of a reader of the outbox back among those that wait, after the server was mended.

    What may have arrived, and what is addressed to nobody, is for a person to decide, one by one.
    """
    mendable = sa.or_(Letter.stopped.is_(None), Letter.stopped.in_((Stopped.CONTENT, Stopped.PATIENCE)))
    return _change(
        sa.update(Letter)
        .where(which, Letter.state == LetterState.FAILED, Letter.channel == "mail", mendable)
        .values(
            state=LetterState.WAITING, next_try_at=at, tries=0, refusals=0, doubts=0, last_error=None, stopped=None
        )
    )  # fmt: skip


def put_aside(letter: Letter) -> None:
    """The person was reached in another way: the letter is kept to be printed, and no work any more.

    :raises RuleBroken: it has not failed.
    """
    if letter.state is not LetterState.FAILED:
        raise RuleBroken(N_("Only a letter that failed can be put aside."))
    letter.state, letter.last_error = LetterState.KEPT, "aside"
    db.session.flush()


def take_back(person_key: str, *, suggestion_id: int | None = None) -> int:
    """Keep back what waits for a person who may no longer see it (all, or about one suggestion); answers how many."""
    waiting = sa.update(Letter).where(Letter.person_key == person_key, Letter.state == LetterState.WAITING)
    if suggestion_id is not None:
        waiting = waiting.where(Letter.suggestion_id == suggestion_id)
    return _change(waiting.values(state=LetterState.KEPT, next_try_at=None, last_error="taken back"))


def _mark(letter: Any, by: str, **values: Any) -> None:
    mine = sa.update(Letter).where(Letter.id == letter.id, Letter.state == LetterState.SENDING, Letter.claimed_by == by)
    _change(mine.values(claimed_by=None, claimed_until=None, **values))


def _change(statement: sa.Update) -> int:
    return db.session.execute(statement.execution_options(synchronize_session=False)).rowcount  # type: ignore[attr-defined]
