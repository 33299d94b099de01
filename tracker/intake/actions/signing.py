"""Who signed a suggestion beside its lead deputy."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from tracker.database import db
from tracker.intake.content import Content
from tracker.suggestion.models import Signature, Suggestion


def sign(suggestion: Suggestion, deputy_ids: Iterable[int]) -> None:
    others = [one for one in dict.fromkeys(deputy_ids) if one != suggestion.lead_deputy_id]
    db.session.add_all(
        Signature(suggestion_id=suggestion.id, deputy_id=one, place=place) for place, one in enumerate(others, start=1)
    )


def sign_anew(suggestion: Suggestion, content: Content) -> bool:
    """Whether the co-signers were others than those named now."""
    wanted = sa.select(Signature).where(Signature.suggestion_id == suggestion.id).order_by(Signature.place)
    signed = list(db.session.scalars(wanted))
    if [row.deputy_id for row in signed] == content.co_signer_ids:
        return False
    for row in signed:
        db.session.delete(row)
    db.session.flush()
    sign(suggestion, content.co_signer_ids)
    return True
