"""Papers and their scans; limited to the congress of who is asking."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from tracker.database import db
from tracker.errors import NotFound
from tracker.paper.models import Paper, PaperKind, PaperScan
from tracker.stage import Visitor


def papers(visitor: Visitor) -> sa.Select[tuple[Paper]]:
    """What was printed, the newest first, with what came back."""
    return (
        sa.select(Paper)
        .where(Paper.congress_id == visitor.congress_id)
        .options(selectinload(Paper.scans).joinedload(PaperScan.file))
        .order_by(Paper.printed_at.desc(), Paper.id.desc())
    )


def find_paper(code: str, visitor: Visitor) -> Paper | None:
    return db.session.scalar(papers(visitor).where(Paper.code == code)) if code else None


def get_paper(code: str, visitor: Visitor, *kinds: PaperKind) -> Paper:
    """A paper by its number, if it is of one of these kinds.

    :raises NotFound: there is none in this congress.
    """
    found = find_paper(code, visitor)
    if found is None or (kinds and found.kind not in kinds):
        raise NotFound
    return found


def get_scan(scan_id: int, visitor: Visitor) -> PaperScan:
    """:raises NotFound: there is none in this congress."""
    wanted = sa.select(PaperScan).join(PaperScan.paper).where(PaperScan.id == scan_id)
    found = db.session.scalar(
        wanted.where(Paper.congress_id == visitor.congress_id).options(joinedload(PaperScan.file))
    )
    if found is None:
        raise NotFound
    return found
