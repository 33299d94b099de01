"""Lists kept under a name: kept, named anew, shared with the office, dropped, begun the day with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.audit.actions import trace
from tracker.database import columns, db
from tracker.errors import N_, NotFound, RuleBroken
from tracker.people.models import NamedView, StartView, User
from tracker.roles import OFFICE, Role
from tracker.web.lists import LISTS, LONGEST_QUERY

MOST = 60
"""More views than a person can tell apart are no help; each list page reads them all."""


@dataclass(frozen=True)
class Mine:
    """The views a person may open, and the one his day begins with."""

    views: Sequence[Any]  # rows: id, user_id, page, name, query, shared, keeper, start_id
    start_id: int | None

    def of(self, page: str) -> list[Any]:
        return [one for one in self.views if one.page == page]


def may_share(user: User) -> bool:
    """Views are shared inside the office, where all see the same suggestions."""
    return user.role in OFFICE


def views_of(user: User) -> Mine:
    """His own views and those the office shares, in one statement; his own come first, then by name."""
    asked = {"user_id": user.id, "congress_id": user.congress_id}
    found = columns(_views(may_share(user)), asked).all()
    return Mine(found, next((one.id for one in found if one.start_id), None))


@cache
def _views(shares: bool) -> sa.Select[Any]:
    """Every list asks it: written once for those who share and once for those who do not."""
    user_id, congress_id = (sa.bindparam(name, type_=sa.Integer) for name in ("user_id", "congress_id"))
    own = (NamedView.id, NamedView.user_id, NamedView.page, NamedView.name, NamedView.query, NamedView.shared)
    return (
        sa.select(*own, User.name.label("keeper"), StartView.view_id.label("start_id"))
        .join(User, User.id == NamedView.user_id)
        .outerjoin(StartView, sa.and_(StartView.view_id == NamedView.id, StartView.user_id == user_id))
        .where(_open(user_id, congress_id, shares=shares))
        .order_by(NamedView.user_id != user_id, NamedView.name, NamedView.id)
    )


def start_of(user: User) -> NamedView | None:
    """The view his day begins with, as long as he may open it."""
    wanted = sa.select(NamedView).join(StartView, StartView.view_id == NamedView.id)
    return db.session.scalar(wanted.where(StartView.user_id == user.id, _open_to(user)))


def get_view(view_id: int, user: User) -> NamedView:
    """:raises NotFound: there is none, or it is not his to open."""
    wanted = sa.select(NamedView).where(NamedView.id == view_id, _open_to(user)).options(joinedload(NamedView.user))
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def may_change(view: Any, user: User) -> bool:
    """Its keeper may; of a shared one also the office's leader, since people leave."""
    return view.user_id == user.id or (view.shared and user.role is Role.OFFICE_LEADER)


def keep_view(user: User, page: str, query: str, name: str, *, shared: bool = False, at: datetime) -> NamedView:
    """Keep a list under a name; the same name on the same list is kept anew.

    :raises RuleBroken: no name, no list, filters that are too long, too many views, or sharing is not his.
    """
    _must_have_a_name(name)
    if page not in LISTS or user.congress_id is None:
        raise RuleBroken(N_("This page is no list that can be kept."))
    if len(query) > LONGEST_QUERY:
        raise RuleBroken(N_("These filters are too long to be kept."))
    _must_be_his_to_share(user, shared)
    own = list(db.session.scalars(sa.select(NamedView).where(NamedView.user_id == user.id)))
    view = next((one for one in own if (one.page, one.name) == (page, name)), None)
    if view is None:
        if len(own) >= MOST:
            raise RuleBroken(N_("You keep %(most)d views already. Drop one first."), most=MOST)
        view = NamedView(congress_id=user.congress_id, user_id=user.id, page=page, name=name)
        db.session.add(view)
    view.query, view.shared, view.kept_at = query, shared, at
    db.session.flush()
    _tell_trail("view_kept", view, user, at)
    return view


def amend_view(view: NamedView, name: str, *, shared: bool, by: User, at: datetime) -> None:
    """Another name, shared or no longer.

    :raises RuleBroken: the name is taken on this list, or sharing is not his.
    """
    _must_have_a_name(name)
    _must_be_his(view, by)
    if shared != view.shared:
        _must_be_his_to_share(by, shared)
    taken = sa.select(NamedView.id).where(
        NamedView.user_id == view.user_id,
        NamedView.page == view.page,
        NamedView.name == name,
        NamedView.id != view.id,
    )
    if db.session.scalar(taken):
        raise RuleBroken(N_("There is a view of this name on the list already."))
    if view.shared and not shared:
        db.session.execute(sa.delete(StartView).where(StartView.view_id == view.id, StartView.user_id != view.user_id))
    view.name, view.shared = name, shared
    _tell_trail("view_kept", view, by, at)


def drop_view(view: NamedView, *, by: User, at: datetime) -> None:
    """The view is gone; the list itself is not touched."""
    _must_be_his(view, by)
    _tell_trail("view_dropped", view, by, at)
    db.session.execute(sa.delete(StartView).where(StartView.view_id == view.id))
    db.session.delete(view)


def start_with(user: User, view: NamedView | None) -> None:
    """Begin the day with this view; with None, with the desk again."""
    db.session.execute(sa.delete(StartView).where(StartView.user_id == user.id))
    if view is not None:
        db.session.add(StartView(user_id=user.id, view_id=view.id))


def _open_to(user: User) -> sa.ColumnElement[bool]:
    return _open(user.id, user.congress_id, shares=may_share(user))


def _open(user_id: Any, congress_id: Any, *, shares: bool) -> sa.ColumnElement[bool]:
    own = NamedView.user_id == user_id
    if not shares:
        return own
    return sa.or_(own, sa.and_(NamedView.shared.is_(True), NamedView.congress_id == congress_id))


def _must_have_a_name(name: str) -> None:
    if not name.strip():
        raise RuleBroken(N_("A view needs a name."))


def _must_be_his(view: NamedView, user: User) -> None:
    if not may_change(view, user):
        raise RuleBroken(
            N_("This view is %(name)s's: only its keeper changes it."), name=db.session.get_one(User, view.user_id).name
        )


def _must_be_his_to_share(user: User, shared: bool) -> None:
    if shared and not may_share(user):
        raise RuleBroken(N_("Only the office shares views."))


def _tell_trail(act: str, view: NamedView, by: User, at: datetime) -> None:
    """What one keeps for oneself is one's own affair; what others see is written down."""
    if view.shared:
        trace(act, by.actor(), at=at, view=view.id, page=view.page, name=view.name)
