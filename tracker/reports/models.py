"""Schemes of points as a congress chose them, and assessments: begun from one count, given, finished."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Json
from tracker.structure.models import Body


class AssessmentScheme(Base):
    """One version of a congress's scheme of points (考核评分办法), as data; a new one replaces it."""

    __tablename__ = "assessment_scheme"
    __table_args__ = (sa.UniqueConstraint("congress_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    version: Mapped[int]
    data: Mapped[dict[str, Any]] = mapped_column(Json)
    on: Mapped[date]
    by_name: Mapped[str] = mapped_column(sa.String(60))


class Assessment(Base):
    """Bodies assessed by one scheme from one count (of `period`, as figures have it); finished, it never changes."""

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    scheme_id: Mapped[int] = mapped_column(sa.ForeignKey("assessment_scheme.id"), index=True)
    reckoning_id: Mapped[int] = mapped_column(sa.ForeignKey("reckoning.id"), index=True)
    period: Mapped[str] = mapped_column(sa.String(20))
    title: Mapped[str] = mapped_column(sa.String(160))
    minimum: Mapped[int]
    begun_on: Mapped[date]
    begun_by: Mapped[str] = mapped_column(sa.String(60))
    finished_on: Mapped[date | None]
    finished_by: Mapped[str] = mapped_column(sa.String(60), default="", server_default="")
    scheme: Mapped[AssessmentScheme] = relationship(lazy="raise")


class PointsGiven(Base):
    """Points a person gave a body for one item, with the reason; the last row of an item holds, all are kept."""

    __tablename__ = "points_given"
    __table_args__ = (sa.Index("ix_points_given_assessment_id_body_id", "assessment_id", "body_id", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(sa.ForeignKey("assessment.id"))
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    item: Mapped[str] = mapped_column(sa.String(40))
    points: Mapped[str] = mapped_column(sa.String(20))  # a decimal number as text: no rounding in between
    reason: Mapped[str] = mapped_column(sa.String(300))
    on: Mapped[date]
    by_name: Mapped[str] = mapped_column(sa.String(60))
    body: Mapped[Body] = relationship(lazy="raise")
