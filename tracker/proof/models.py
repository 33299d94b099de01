"""What was said, as a digest beside the line of the trail that says the same."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base


class Fixed(Base):
    """One reply, rating or file as it was in the night it was fixed. Written once; the trail holds the digest too."""

    __tablename__ = "fixed"
    __table_args__ = (sa.UniqueConstraint("kind", "thing_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    thing_id: Mapped[int]
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    trace_id: Mapped[int] = mapped_column(sa.ForeignKey("trace.id"), index=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
