"""Accounts, their sessions, wrong tries, mailed links, and the lists people keep under a name."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actor import Actor
from tracker.database import Base, Instant, Word
from tracker.roles import Role


class User(Base):
    """A person who may sign in. Disabled ones keep their name on what they did."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int | None] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    role: Mapped[Role] = mapped_column(Word(Role))
    body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"), index=True)
    deputy_id: Mapped[int | None] = mapped_column(sa.ForeignKey("deputy.id"), index=True)
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    language: Mapped[str | None] = mapped_column(sa.String(12))
    created_at: Mapped[datetime] = mapped_column(Instant)
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)
    demo_only: Mapped[bool] = mapped_column(default=False)

    assignment_id = None
    suggestion_id = None
    circulation_id = None
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None

    def get_id(self) -> str:
        return str(self.id)

    def actor(self) -> Actor:
        return Actor("user", self.id, self.name, self.body_id)


class SignIn(Base):
    """A session, kept here so that it can be ended here; the cookie carries only its secret."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    began_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    address: Mapped[str] = mapped_column(sa.String(60), default="")
    agent: Mapped[str] = mapped_column(sa.String(160), default="")


class Attempt(Base):
    """A try to sign in, counted per account name and per source address."""

    __tablename__ = "attempt"
    __table_args__ = (sa.Index("ix_attempt_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(120))
    at: Mapped[datetime] = mapped_column(Instant)
    failed: Mapped[bool] = mapped_column(default=True)


class Purpose(StrEnum):
    HANDLE = "handle"
    RATE = "rate"
    PASSWORD = "password"
    READ = "read"
    SIGN = "sign"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    CIRCULATION = "circulation"
    NOTICE = "notice"
    COPY = "copy"


class Link(Base):
    """A mailed link: one purpose, one person in one capacity, one item; kept as a digest only."""

    __tablename__ = "link"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)
    purpose: Mapped[Purpose] = mapped_column(Word(Purpose))
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"))
    deputy_id: Mapped[int | None] = mapped_column(sa.ForeignKey("deputy.id"))
    congress_id: Mapped[int | None] = mapped_column(sa.ForeignKey("congress.id"))
    suggestion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    assignment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    reply_id: Mapped[int | None] = mapped_column(sa.ForeignKey("reply.id"), index=True)
    circulation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("circulation.id"), index=True)
    notice_id: Mapped[int | None] = mapped_column(sa.ForeignKey("notice.id"), index=True)
    holder_name: Mapped[str] = mapped_column(sa.String(60), default="")
    language: Mapped[str] = mapped_column(sa.String(12), default="zh_Hans_CN")
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class NetworkSeen(Base):
    """Our office, or the people of a body, acted from this network: its digest, never the address (decision 047).

    It names nobody. It is compared with where a rating comes from, and forgotten when it was not seen for half a year.
    """

    __tablename__ = "network_seen"
    __table_args__ = (sa.Index("ix_network_seen_network", "network", "body_id", "last_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network: Mapped[str] = mapped_column(sa.String(64))
    body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"), index=True)
    last_on: Mapped[date]


class BodyCode(Base):
    """The code of a body's office, asked of whoever submits from a shared mailbox; kept as a hash only."""

    __tablename__ = "body_code"

    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(sa.String(200))
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str] = mapped_column(sa.String(60))


class NamedView(Base):
    """A list with its filters and order, kept under a name; its keeper's own, or shared with the office."""

    __tablename__ = "named_view"
    __table_args__ = (sa.UniqueConstraint("user_id", "page", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    page: Mapped[str] = mapped_column(sa.String(60))
    query: Mapped[str] = mapped_column(sa.String(1000))
    name: Mapped[str] = mapped_column(sa.String(60))
    shared: Mapped[bool] = mapped_column(default=False)
    kept_at: Mapped[datetime] = mapped_column(Instant)
    user: Mapped[User] = relationship(lazy="raise")


class StartView(Base):
    """The view a person's day begins with, instead of the desk."""

    __tablename__ = "start_view"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    view_id: Mapped[int] = mapped_column(sa.ForeignKey("named_view.id"), index=True)
