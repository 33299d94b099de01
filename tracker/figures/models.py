"""Counts: what was counted for each item and item-body, and the figures made of it.

`counted` holds the facts of the last count only and is written anew by each; `figure` is kept. Every measure is a
column of both. They name bodies, items and meetings by number and hold no foreign keys to them: nothing that is counted
waits for what counted it.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base, Instant, Word
from tracker.figures.measures import MEASURES
from tracker.structure.kinds import Branch


class Dimension(StrEnum):
    """By what figures are told apart; the level of a congress is that of the whole."""

    WHOLE = "whole"
    BODY = "body"
    BRANCH = "branch"
    DELEGATION = "delegation"
    CATEGORY = "category"
    MEETING = "meeting"


class Reckoning(Base):
    """One count of a congress: the day it stands for, when it was made, and by whom (the system, by night).

    `kept`: somebody asked for it or cites it, so it is never thinned out.
    """

    __tablename__ = "reckoning"
    __table_args__ = (sa.Index("ix_reckoning_congress_id_on", "congress_id", "on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(Instant)
    by_name: Mapped[str] = mapped_column(sa.String(60))
    kept: Mapped[bool] = mapped_column(default=False)


class Counted(Base):
    """What the last count found of one item-body, or (without an assignment) of one item; 1 where the measure holds.

    `began_on`: assigned, or handed over; `ended_on`: answered or gone, none while it is open.
    """

    __tablename__ = "counted"
    __table_args__ = (
        sa.Index("ix_counted_congress_id_suggestion_id", "congress_id", "suggestion_id"),
        sa.Index("ix_counted_congress_id_body_id", "congress_id", "body_id", "suggestion_id"),
        sa.Index("ix_counted_congress_id_branch", "congress_id", "branch", "suggestion_id"),
        sa.Index("ix_counted_congress_id_delegation_id", "congress_id", "delegation_id", "suggestion_id"),
        sa.Index("ix_counted_congress_id_category", "congress_id", "category", "suggestion_id"),
        sa.Index("ix_counted_congress_id_meeting_id", "congress_id", "meeting_id", "suggestion_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    suggestion_id: Mapped[int]
    assignment_id: Mapped[int | None]
    body_id: Mapped[int | None]
    branch: Mapped[Branch | None] = mapped_column(Word(Branch))
    delegation_id: Mapped[int | None]
    category: Mapped[str] = mapped_column(sa.String(60))
    meeting_id: Mapped[int]
    year: Mapped[int]
    began_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    original_due_on: Mapped[date | None]
    due_on: Mapped[date | None]


class Figure(Base):
    """The figures of one body, branch, … in one count, of the suggestions of one meeting, one year or of all.

    `period` is "all", "year:2026" or "meeting:7"; `key` the number or word of what is meant ("" for none).
    """

    __tablename__ = "figure"

    reckoning_id: Mapped[int] = mapped_column(sa.ForeignKey("reckoning.id"), primary_key=True)
    period: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    dimension: Mapped[Dimension] = mapped_column(Word(Dimension), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(60), primary_key=True)


for _key in MEASURES:
    setattr(Counted, _key, mapped_column(_key, sa.SmallInteger, nullable=True))
    setattr(Figure, _key, mapped_column(_key, sa.Integer, nullable=False))


class CountedDay(Base):
    """The number of working days up to and including a day; the last count's, so that it counts days in SQL."""

    __tablename__ = "counted_day"

    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    worked: Mapped[int]


class BodyStatement(Base):
    """What a body says of its own figures (单位说明), in one paragraph; a new version, never overwritten."""

    __tablename__ = "body_statement"
    __table_args__ = (sa.UniqueConstraint("body_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    version: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(Instant)
    by_name: Mapped[str] = mapped_column(sa.String(60))


class FiguresChoice(Base):
    """From how many cases on a congress compares and tells a share in percent; without a row, from five."""

    __tablename__ = "figures_choice"

    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), primary_key=True)
    minimum: Mapped[int]
    chosen_on: Mapped[date]
    chosen_by: Mapped[str] = mapped_column(sa.String(60))
