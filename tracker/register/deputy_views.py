"""What a deputy has put forward, in this term and in earlier ones."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import sqlalchemy as sa
from flask import render_template
from sqlalchemy.orm import joinedload

from tracker.database import db
from tracker.people.visitors import visitor
from tracker.register.names import STAGE_LOOKS
from tracker.register.views import pages
from tracker.roles import OFFICE, Role
from tracker.structure.cards import cards
from tracker.structure.models import Meeting, Term
from tracker.structure.queries import get_deputy
from tracker.suggestion.journey import NAMES
from tracker.suggestion.models import Signature, Suggestion
from tracker.suggestion.queries import visible_to
from tracker.web.gate import allow

__all__ = ["pages"]
MOST_SHOWN = 500


@pages.get("/deputies/<int:deputy_id>/suggestions")
@allow(*OFFICE, Role.LEADER, Role.AUDITOR)
def of_deputy(deputy_id: int) -> Any:
    """All suggestions of a person, by term, the newest first: as lead, and as co-signer."""
    deputy = get_deputy(deputy_id, visitor().congress_id or 0)
    own = {card.id for card in cards(deputy)}
    signed = sa.select(Signature.suggestion_id).where(Signature.deputy_id.in_(own))
    wanted = (
        visible_to(visitor())
        .where(sa.or_(Suggestion.lead_deputy_id.in_(own), Suggestion.id.in_(signed)))
        .join(Meeting, Meeting.id == Suggestion.meeting_id)
        .outerjoin(Term, Term.id == Meeting.term_id)
        .options(joinedload(Suggestion.meeting))
        .add_columns(Term.ordinal)
        .order_by(sa.func.coalesce(Term.ordinal, 0).desc(), Meeting.year.desc(), Suggestion.id.desc())
        .limit(MOST_SHOWN)
    )
    rows = db.session.execute(wanted).all()
    return render_template(
        "register/of_deputy.html",
        deputy=deputy,
        terms=[(ordinal, [row[0] for row in some]) for ordinal, some in groupby(rows, key=lambda row: row[1])],
        own=own,
        stage_names=NAMES,
        stage_looks=STAGE_LOOKS,
    )
