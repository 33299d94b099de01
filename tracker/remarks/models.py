"""Remarks on a suggestion."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Instant, Word
from tracker.remarks.rules import Audience
from tracker.structure.models import Body
from tracker.suggestion.models import Suggestion


class Remark(Base):
    """What somebody says about a suggestion. Never deleted: one taken back leaves its place, its day and the reason."""

    __tablename__ = "remark"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(Instant)
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    by_name: Mapped[str] = mapped_column(sa.String(60))
    body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"))
    audience: Mapped[Audience] = mapped_column(Word(Audience))
    text: Mapped[str] = mapped_column(sa.Text)
    to_office: Mapped[bool] = mapped_column(default=False)
    to_body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"), index=True)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    seen_by: Mapped[str] = mapped_column(sa.String(60), default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_by: Mapped[str] = mapped_column(sa.String(60), default="")
    withdrawn_reason: Mapped[str] = mapped_column(sa.Text, default="")
    suggestion: Mapped[Suggestion] = relationship(lazy="raise")
    body: Mapped[Body | None] = relationship(foreign_keys=[body_id], lazy="raise")
    to_body: Mapped[Body | None] = relationship(foreign_keys=[to_body_id], lazy="raise")
