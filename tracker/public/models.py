"""What stands on the public pages, as it was worded there."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base
from tracker.handling.models import Reply

NOT_ENDED = sa.text("ended_on IS NULL")


class PublicPage(Base):
    """A reply on the public pages (公开), in the words a person gave free. Never changed: put up anew."""

    __tablename__ = "public_page"
    __table_args__ = (
        sa.Index(
            "ix_public_page_reply_id", "reply_id", unique=True, sqlite_where=NOT_ENDED, postgresql_where=NOT_ENDED
        ),
        sa.Index("ix_public_page_congress_id", "congress_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("reply.id"))
    title: Mapped[str] = mapped_column(sa.String(300))
    deputies: Mapped[str] = mapped_column(sa.String(300), default="")
    question: Mapped[str] = mapped_column(sa.Text, default="", deferred=True)
    answer: Mapped[str] = mapped_column(sa.Text, deferred=True)
    shown_on: Mapped[date]
    shown_by: Mapped[str] = mapped_column(sa.String(60))
    ended_on: Mapped[date | None]
    ended_by: Mapped[str] = mapped_column(sa.String(60), default="")
    ended_reason: Mapped[str] = mapped_column(sa.String(500), default="")

    reply: Mapped[Reply] = relationship(lazy="raise")
