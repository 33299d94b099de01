"""The congress and the organs that answer to it."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base, Word
from tracker.enciphered import Enciphered, Opened
from tracker.structure.kinds import Branch, Channel, Level, MeetingKind, Rank, SuccessionKind


class Versioned:
    """A row that people change on pages: a form that was opened before somebody else's change is refused."""

    version: Mapped[int] = mapped_column(default=1, server_default="1")


class Congress(Versioned, Base):
    """A people's congress with its standing committee (a township's presidium does its part)."""

    __tablename__ = "congress"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120), unique=True)
    name_en: Mapped[str | None] = mapped_column(sa.String(160))
    office_name: Mapped[str] = mapped_column(sa.String(120), default="")
    office_name_en: Mapped[str | None] = mapped_column(sa.String(160))
    office_email: Mapped[str | None] = mapped_column(sa.String(254))
    level: Mapped[Level] = mapped_column(Word(Level))
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    rules_name: Mapped[str] = mapped_column(sa.String(60))
    is_demo: Mapped[bool] = mapped_column(default=False)


class Term(Versioned, Base):
    """The years for which deputies are elected."""

    __tablename__ = "term"
    __table_args__ = (sa.UniqueConstraint("congress_id", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    ordinal: Mapped[int]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]


class Meeting(Versioned, Base):
    """A meeting of the congress, or a year of the recess; suggestions are numbered within it."""

    __tablename__ = "meeting"
    __table_args__ = (sa.UniqueConstraint("congress_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    term_id: Mapped[int | None] = mapped_column(sa.ForeignKey("term.id"), index=True)
    kind: Mapped[MeetingKind] = mapped_column(Word(MeetingKind), default=MeetingKind.MEETING)
    name: Mapped[str] = mapped_column(sa.String(120))
    name_en: Mapped[str | None] = mapped_column(sa.String(160))
    ordinal: Mapped[int | None]
    year: Mapped[int]
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    common_due_on: Mapped[date | None]
    last_number: Mapped[int] = mapped_column(default=0)
    number_pattern: Mapped[str] = mapped_column(sa.String(40), default="{year}-{n:03d}")


class Delegation(Versioned, Base):
    """The deputies of one constituency in one term, together at a meeting."""

    __tablename__ = "delegation"
    __table_args__ = (sa.UniqueConstraint("congress_id", "term_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    term_id: Mapped[int | None] = mapped_column(sa.ForeignKey("term.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    name_en: Mapped[str | None] = mapped_column(sa.String(120))
    liaison_name: Mapped[str | None] = mapped_column(sa.String(60))
    liaison_email: Mapped[str | None] = mapped_column(sa.String(254))


class Deputy(Versioned, Base):
    """A deputy's card of one term; later cards of a person name the first. Contacts only for those who need them."""

    __tablename__ = "deputy"
    __table_args__ = (
        sa.Index("ix_deputy_congress_id_name", "congress_id", "name"),
        sa.UniqueConstraint("congress_id", "term_id", "card_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    term_id: Mapped[int | None] = mapped_column(sa.ForeignKey("term.id"), index=True)
    first_card_id: Mapped[int | None] = mapped_column(sa.ForeignKey("deputy.id"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("delegation.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    card_number: Mapped[str | None] = mapped_column(sa.String(40))
    email: Mapped[str | None] = mapped_column(sa.String(254))
    phone_kept: Mapped[str | None] = mapped_column("phone", Enciphered(40))
    phone = Opened[str | None]("phone_kept")
    address: Mapped[str | None] = mapped_column(sa.String(200))
    employer: Mapped[str | None] = mapped_column(sa.String(120))
    heads_body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"), index=True)
    language: Mapped[str] = mapped_column(sa.String(12), default="zh_Hans_CN")
    active: Mapped[bool] = mapped_column(default=True)
    delegation: Mapped[Delegation | None] = relationship(lazy="raise")
    term: Mapped[Term | None] = relationship(lazy="raise")


class Body(Versioned, Base):
    """A handling body in one branch; a hub dispatches for those below it."""

    __tablename__ = "body"
    __table_args__ = (sa.UniqueConstraint("congress_id", "name"), sa.Index("ix_body_hub_id", "hub_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"))
    name: Mapped[str] = mapped_column(sa.String(120))
    short_name: Mapped[str] = mapped_column(sa.String(60), default="")
    name_en: Mapped[str | None] = mapped_column(sa.String(160))
    former_names: Mapped[str] = mapped_column(sa.String(400), default="")
    branch: Mapped[Branch] = mapped_column(Word(Branch))
    is_hub: Mapped[bool] = mapped_column(default=False)
    hub_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"))
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"), index=True)
    is_committee: Mapped[bool] = mapped_column(default=False)
    document_prefix: Mapped[str] = mapped_column(sa.String(40), default="")
    sort_key: Mapped[int] = mapped_column(default=0)
    closed_on: Mapped[date | None]


class Succession(Base):
    """A body came from another one on a day: renamed, merged, split, or given a part of its work."""

    __tablename__ = "succession"
    __table_args__ = (sa.UniqueConstraint("predecessor_id", "successor_id", "on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    predecessor_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    successor_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    kind: Mapped[SuccessionKind] = mapped_column(Word(SuccessionKind))
    on: Mapped[date]
    document_number: Mapped[str] = mapped_column(sa.String(60), default="")


class Officer(Versioned, Base):
    """A person at a body, or a leader above several, with a rank, an address and a channel."""

    __tablename__ = "officer"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    title: Mapped[str] = mapped_column(sa.String(80), default="")
    rank: Mapped[Rank] = mapped_column(Word(Rank))
    email: Mapped[str | None] = mapped_column(sa.String(254))
    phone_kept: Mapped[str | None] = mapped_column("phone", Enciphered(40))
    phone = Opened[str | None]("phone_kept")
    channel: Mapped[Channel] = mapped_column(Word(Channel), default=Channel.MAIL)
    language: Mapped[str] = mapped_column(sa.String(12), default="zh_Hans_CN")
    active: Mapped[bool] = mapped_column(default=True)
    shared: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    substitute_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"), index=True)
    absent_from_on: Mapped[date | None]
    absent_until_on: Mapped[date | None]
    body: Mapped[Body | None] = relationship(lazy="raise")
    substitute: Mapped[Officer | None] = relationship(remote_side=[id], lazy="raise")


class Charge(Base):
    """Which leader is in charge of which body (分管), from a day and until one."""

    __tablename__ = "charge"
    __table_args__ = (sa.UniqueConstraint("officer_id", "body_id", "from_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"))
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date | None]


class Pairing(Base):
    """A special committee watches a body (对口联系)."""

    __tablename__ = "pairing"
    __table_args__ = (sa.UniqueConstraint("committee_id", "body_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
