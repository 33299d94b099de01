"""What clerks draw up for the office's leader to sign, and whether a congress wants it so."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Json
from tracker.suggestion.models import Suggestion


class SigningMode(Base):
    """Whether a clerk's acts wait for the leader's signature; without a row they do not (one step)."""

    __tablename__ = "signing_mode"

    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), primary_key=True)
    two_steps: Mapped[bool]
    since_on: Mapped[date]
    by_name: Mapped[str] = mapped_column(sa.String(60))


class ToSign(Base):
    """An act drawn up by a clerk (呈批): its kind, what it is about, and what he typed. Nothing is done until signed.

    `thing_id` is the number of what `kind` speaks of: a meeting, a return, an objection, an extension.
    """

    __tablename__ = "to_sign"
    __table_args__ = (sa.Index("ix_to_sign_congress_id_signed_on", "congress_id", "signed_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    kind: Mapped[str] = mapped_column(sa.String(40))
    thing_id: Mapped[int]
    suggestion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    drawn_up_on: Mapped[date]
    drawn_up_by: Mapped[str] = mapped_column(sa.String(60))
    signed_on: Mapped[date | None]
    signed_by: Mapped[str | None] = mapped_column(sa.String(60))
    given_back_on: Mapped[date | None]
    given_back_by: Mapped[str | None] = mapped_column(sa.String(60))
    remark: Mapped[str] = mapped_column(sa.Text, default="")
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    suggestion: Mapped[Suggestion | None] = relationship(lazy="raise")

    @property
    def waits(self) -> bool:
        """It lies in the folder and can be signed or given back."""
        return self.signed_on is None and self.given_back_on is None and self.ended_on is None


WAITS = sa.and_(ToSign.signed_on.is_(None), ToSign.given_back_on.is_(None), ToSign.ended_on.is_(None))
GIVEN_BACK = sa.and_(ToSign.given_back_on.is_not(None), ToSign.ended_on.is_(None))
