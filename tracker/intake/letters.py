"""Letters of intake: to the deputies whose suggestion it is, and to the liaison of a delegation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker import clock
from tracker.database import db
from tracker.intake.models import CoSigning, Withdrawal
from tracker.mail.outbox import Addressee, Draft, post, post_many
from tracker.people.mailed_links import mailed_link
from tracker.people.models import Purpose
from tracker.structure.absence import Reached
from tracker.structure.models import Delegation, Deputy
from tracker.suggestion.models import Merger, Suggestion
from tracker.suggestion.queries import deputies_of


@dataclass(frozen=True)
class Line:
    """One suggestion in a letter."""

    number: str
    title: str
    part: str = ""
    due_on: date | None = None
    address: str = ""
    bodies: str = ""


def of_officer(officer: Reached) -> Addressee:
    return Addressee(
        f"officer:{officer.id}", officer.name, officer.email, officer.language, channel=str(officer.channel)
    )


def of_deputy(deputy: Deputy) -> Addressee:
    return Addressee(f"deputy:{deputy.id}", deputy.name, deputy.email, deputy.language)


def of_liaison(delegation: Delegation) -> Addressee:
    """Who speaks for a delegation whose suggestion it is; a letter to nobody by name is kept for the file."""
    name = delegation.liaison_name or delegation.name
    return Addressee(f"delegation:{delegation.id}", name, delegation.liaison_email, "zh_Hans_CN")


def title_for_mail(suggestion: Suggestion) -> str:
    """What of the title may leave the building; nothing of an internal matter."""
    return "" if suggestion.internal else suggestion.title


def line_of(suggestion: Suggestion, address: str = "") -> Line:
    return Line(suggestion.number or "", title_for_mail(suggestion), address=address)


def returned_to_deputy(suggestion: Suggestion, reason: str, on: date) -> None:
    """Who made it learns why it came back, to correct it."""
    _tell("returned_to_deputy", suggestion, f"{_moment()}", line=line_of(suggestion), reason=reason, on=on)


def treated_as_letter(suggestion: Suggestion, reason: str, on: date) -> None:
    """Who made it learns that it is answered as a letter, and why."""
    _tell("treated_as_letter", suggestion, f"{_moment()}", line=line_of(suggestion), reason=reason, on=on)


def withdrawn(suggestion: Suggestion, withdrawal: Withdrawal, on: date) -> None:
    """All whose suggestion it was learn that it is withdrawn."""
    _tell("withdrawn", suggestion, f"{withdrawal.id}", line=line_of(suggestion), reason=withdrawal.reason, on=on)


def merged(merger: Merger, suggestion: Suggestion, into: Suggestion, reason: str, on: date, *, undone: bool) -> None:
    """Who made the merged one learns in which suggestion it is answered, or that it stands for itself again."""
    facts = {"line": line_of(suggestion), "into": line_of(into), "reason": reason, "on": on, "undone": undone}
    _tell("merged", suggestion, f"{merger.id}:{'undone' if undone else 'done'}", **facts)


def asked_to_sign(asked: Sequence[CoSigning], suggestion: Suggestion) -> None:
    """Each co-signer is asked to confirm, with a link of his own."""
    lead = db.session.get(Deputy, suggestion.lead_deputy_id) if suggestion.lead_deputy_id else None
    deputies = {one.id: one for one in _deputies(one.deputy_id for one in asked)}
    for one in asked:
        deputy = deputies[one.deputy_id]
        address = f"{_link(Purpose.SIGN, suggestion, deputy)}/co-signing"
        post(
            "asked_to_sign",
            of_deputy(deputy),
            key=f"asked_to_sign:{one.id}:{one.asked_on}:{_moment()}",
            at=clock.now(),
            suggestion_id=suggestion.id,
            line=line_of(suggestion, address),
            lead_name=lead.name if lead else "",
        )


def asked_to_withdraw(withdrawal: Withdrawal, suggestion: Suggestion, deputy_ids: Iterable[int]) -> None:
    """Each deputy whose suggestion it is too is asked whether he agrees, with a link of his own."""
    for deputy in _deputies(deputy_ids):
        address = f"{_link(Purpose.WITHDRAW, suggestion, deputy)}/agreement"
        post(
            "asked_to_withdraw",
            of_deputy(deputy),
            key=f"asked_to_withdraw:{withdrawal.id}:deputy:{deputy.id}",
            at=clock.now(),
            suggestion_id=suggestion.id,
            line=line_of(suggestion, address),
            reason=withdrawal.reason,
        )


def liaisons_of(suggestion_ids: Iterable[int]) -> list[tuple[int, Delegation]]:
    """Pairs of the suggestion answered and the delegation that made it, or made one merged into it, without a lead."""
    wanted = list(suggestion_ids)
    found: list[tuple[int, Delegation]] = []
    for start in range(0, len(wanted), 500):
        ids = wanted[start : start + 500]
        own = sa.select(Suggestion.id.label("target"), Suggestion.id.label("own")).where(Suggestion.id.in_(ids))
        joined = sa.select(Merger.into_id, Merger.suggestion_id).where(
            Merger.into_id.in_(ids), Merger.undone_on.is_(None)
        )
        together = sa.union_all(own, joined).subquery()
        rows = (
            sa.select(together.c.target, Delegation)
            .join(Suggestion, Suggestion.id == together.c.own)
            .join(Delegation, Delegation.id == Suggestion.delegation_id)
            .where(Suggestion.lead_deputy_id.is_(None))
            .order_by(together.c.target, Suggestion.id)
        )
        found += [(row[0], row[1]) for row in db.session.execute(rows)]
    return found


def _tell(kind: str, suggestion: Suggestion, occasion: str, **facts: Any) -> None:
    """One letter to each deputy whose suggestion it is, or to the liaison of the delegation."""
    people = [of_deputy(one) for one in _deputies(deputy for _id, deputy in deputies_of([suggestion.id]))]
    people += [of_liaison(delegation) for _id, delegation in liaisons_of([suggestion.id])]
    drafts = [
        Draft(person, f"{kind}:{suggestion.id}:{occasion}:{person.person_key}", suggestion.id, facts)
        for person in people
    ]
    post_many(kind, drafts, at=clock.now())


def _link(purpose: Purpose, suggestion: Suggestion, deputy: Deputy) -> str:
    about = {"deputy_id": deputy.id, "suggestion_id": suggestion.id, "congress_id": suggestion.congress_id}
    return mailed_link(purpose, deputy, "", **about)


def _deputies(ids: Iterable[int]) -> list[Deputy]:
    return list(db.session.scalars(sa.select(Deputy).where(Deputy.id.in_(list(ids))).order_by(Deputy.id)))


def _moment() -> str:
    """What tells two letters of the same kind about the same suggestion apart."""
    return clock.now().strftime("%Y%m%dT%H%M%S%f")
