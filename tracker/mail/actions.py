"""What is done with letters: claimed by whoever sends them, marked afterwards, sent again, taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.mail.models import Letter, LetterState
from tracker.mail.rules import is_address, is_given_up, without_secrets

LEASE = timedelta(minutes=5)
CARRIED = (
    Letter.id,
    Letter.kind,
    Letter.to_name,
    Letter.to_address,
    Letter.language,
    Letter.subject,
    Letter.body_text,
    Letter.body_html,
    Letter.message_id,
    Letter.written_at,
    Letter.tries,
)


def claim_next(*, by: str, at: datetime) -> Any:
    """Take the next letter that is due, for one try; None when there is none. Two workers never get the same one."""
    due = (
        sa.select(Letter.id)
        .where(Letter.state == LetterState.WAITING, Letter.next_try_at <= at)
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
        .where(Letter.state == LetterState.SENDING, Letter.claimed_until < at)
        .values(
            state=LetterState.WAITING, next_try_at=at, claimed_by=None, claimed_until=None, uncertain=True,
            last_error="abandoned",
        )
    )  # fmt: skip


def keep_all(*, at: datetime) -> int:
    """Without a mail server letters are kept, to be shown and printed; answers how many."""
    return _change(
        sa.update(Letter)
        .where(Letter.state == LetterState.WAITING, Letter.next_try_at <= at)
        .values(state=LetterState.KEPT, next_try_at=None)
    )


def mark_sent(letter: Any, *, by: str, at: datetime) -> None:
    """The server took it: never again, and its links are no longer ours to keep."""
    _mark(
        letter, by, state=LetterState.SENT, sent_at=at, next_try_at=None, last_error=None,
        body_text=without_secrets(letter.body_text), body_html=without_secrets(letter.body_html),
    )  # fmt: skip


def mark_failed(letter: Any, *, by: str, words: str) -> None:
    """Refused for good: shown to the office."""
    _mark(letter, by, state=LetterState.FAILED, next_try_at=None, last_error=words[:500])


def delay(letter: Any, *, by: str, until: datetime, words: str, uncertain: bool) -> bool:
    """Try again later, under the same Message-ID; answers False when it has been tried for 72 hours and is given up."""
    doubt = {"uncertain": True} if uncertain else {}
    if is_given_up(letter.tries):
        _mark(letter, by, state=LetterState.FAILED, next_try_at=None, last_error=words[:500], **doubt)
        return False
    _mark(letter, by, state=LetterState.WAITING, next_try_at=until, last_error=words[:500], **doubt)
    return True


def send_again(letter: Letter, *, at: datetime) -> None:
    """Put a failed or kept letter back among those that wait; its Message-ID stays.

    :raises RuleBroken: it is on its way or has arrived, or there is no address it could go to.
    """
    if letter.state not in (LetterState.FAILED, LetterState.KEPT):
        raise RuleBroken(N_("Only a letter that failed or was kept can be sent again."))
    if letter.channel != "mail" or not is_address(letter.to_address):
        raise RuleBroken(N_("There is no address this letter could be mailed to."))
    letter.state, letter.next_try_at, letter.tries, letter.last_error = LetterState.WAITING, at, 0, None
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
