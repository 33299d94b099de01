"""Accounts, their sessions, wrong tries, mailed links, and the lists people keep under a name."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actor import Actor
from tracker.database import Base, Instant, Word
from tracker.roles import Role
from tracker.structure.models import Body


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


class Awaits(StrEnum):
    """What a session whose password was right still waits for."""

    CODE = "code"
    ENROLMENT = "enrolment"


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
    awaits: Mapped[Awaits | None] = mapped_column(Word(Awaits))


class SecondFactor(Base):
    """What a person's one-time codes are reckoned from: a salt of the seed, never the seed itself (decision 050).

    `new_salt` is one still being set up; `last_step` the half minute whose code was used last: none is used twice.
    """

    __tablename__ = "second_factor"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    salt: Mapped[str | None] = mapped_column(sa.String(64))
    new_salt: Mapped[str | None] = mapped_column(sa.String(64))
    set_at: Mapped[datetime | None] = mapped_column(Instant)
    last_step: Mapped[int] = mapped_column(default=0)


class RecoveryCode(Base):
    """A code for the day the phone is lost: shown once, used once, kept as a digest."""

    __tablename__ = "recovery_code"
    __table_args__ = (sa.UniqueConstraint("user_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    digest: Mapped[str] = mapped_column(sa.String(64))
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class PasswordWish(Base):
    """Somebody said he has forgotten the password of this address; whether there is such an account is asked later."""

    __tablename__ = "password_wish"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(254))
    at: Mapped[datetime] = mapped_column(Instant)


class UseKind(StrEnum):
    TWO_PLACES = "two_places"
    BODY_NETWORK = "body_network"


class UseHint(Base):
    """An account was used from two networks at once, or a deputy's from a body's: a hint for a person to ask about.

    No address is kept with it. It is open until somebody has looked; the same again until then is counted.
    """

    __tablename__ = "use_hint"
    __table_args__ = (
        sa.Index(
            "ix_use_hint_open",
            "congress_id",
            "id",
            sqlite_where=sa.text("seen_at IS NULL"),
            postgresql_where=sa.text("seen_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int | None] = mapped_column(sa.ForeignKey("congress.id"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    kind: Mapped[UseKind] = mapped_column(Word(UseKind))
    body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"))
    first_at: Mapped[datetime] = mapped_column(Instant)
    last_at: Mapped[datetime] = mapped_column(Instant)
    times: Mapped[int] = mapped_column(default=1)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    seen_by: Mapped[str] = mapped_column(sa.String(60), default="")
    user: Mapped[User] = relationship(lazy="raise")
    body: Mapped[Body | None] = relationship(lazy="raise")


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
