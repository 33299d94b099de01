"""The facts of a row of the structure: made fit, checked against the other rows, written down."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.audit.actions import trace
from tracker.database import Base, Word, db
from tracker.enciphered import Enciphered
from tracker.errors import N_, RuleBroken
from tracker.structure import rules
from tracker.structure.models import Body, Charge, Congress, Delegation, Deputy, Meeting, Officer, Pairing, Rank, Term

Row = TypeVar("Row", bound=Base)
REFERENCES: dict[str, type[Any]] = {
    "term_id": Term,
    "delegation_id": Delegation,
    "heads_body_id": Body,
    "body_id": Body,
    "hub_id": Body,
    "parent_id": Body,
    "substitute_id": Officer,
    "first_card_id": Deputy,
}
PERSONAL = (Deputy, Officer)
FIRST_YEAR, LAST_YEAR = 1949, 2199


def added(kind: type[Row], given: dict[str, Any], *, by: Actor, at: datetime) -> Row:
    """A new row, with its number, and its trace."""
    _must_be_known(kind, given)
    fit = _fit(kind, given)
    row: Any = kind(**fit)
    _must_hold(kind, None, fit, fit)
    db.session.add(row)
    db.session.flush()
    trace(f"{kind.__tablename__}_added", by, at=at, **{kind.__tablename__: row.id})
    return row


def amended(row: Any, given: dict[str, Any], *, by: Actor, at: datetime) -> bool:
    """Change what differs, and answer whether anything did. `version` is the one the form was opened with, if any.

    Of persons the trace keeps which facts changed, of all else also from what to what.

    :raises RuleBroken: somebody saved another version meanwhile, or the facts do not hold.
    """
    kind, given = type(row), dict(given)
    if (opened := given.pop("version", None)) is not None:
        _must_be_as_opened(row, opened)
    _must_be_known(kind, given)
    changed = {name: value for name, value in _fit(kind, given).items() if getattr(row, name) != value}
    if not changed:
        return False
    whole = {column.name: getattr(row, column.name) for column in kind.__table__.columns}
    _must_hold(kind, row, {**whole, **changed}, changed)
    was = {name: getattr(row, name) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    row.version += 1
    if isinstance(row, PERSONAL):
        said: Any = sorted(changed)
    else:
        said = {name: [_plain(was[name]), _plain(value)] for name, value in changed.items()}
    trace(f"{kind.__tablename__}_amended", by, at=at, **{kind.__tablename__: row.id, "changed": said})
    return True


def _must_be_as_opened(row: Any, version: int) -> None:
    db.session.flush()
    db.session.refresh(row, with_for_update=True)
    if row.version != version:
        raise RuleBroken(N_("Somebody has saved this since you opened it. Open it anew and enter your change again."))


def longest(kind: type[Base], field: str) -> int:
    """How many characters a column holds."""
    return _longest(kind.__table__.c[field])


def _longest(column: Any) -> int:
    return column.type.most if isinstance(column.type, Enciphered) else getattr(column.type, "length", 0) or 0


def of_another_congress(name: str) -> RuleBroken:
    return RuleBroken(N_("%(name)s belongs to another congress."), name=name)


def must_dispatch_for_none(hub: Body) -> None:
    """:raises RuleBroken: open bodies are still dispatched by this hub."""
    wanted = sa.select(sa.func.count()).where(Body.hub_id == hub.id, Body.closed_on.is_(None))
    if count := db.session.scalar(wanted):
        raise RuleBroken(
            N_("%(body)s still dispatches for %(count)d bodies. Give them another hub first."),
            body=hub.name,
            count=count,
        )


def open_charges(body: Body, rank: Rank) -> list[Charge]:
    """The charges of this body without an end that officers of this rank hold."""
    wanted = sa.select(Charge).join(Officer, Officer.id == Charge.officer_id)
    return list(
        db.session.scalars(wanted.where(Charge.body_id == body.id, Charge.until_on.is_(None), Officer.rank == rank))
    )


def find_pairing(committee: Body, body: Body) -> Pairing | None:
    wanted = sa.select(Pairing).where(Pairing.committee_id == committee.id, Pairing.body_id == body.id)
    return db.session.scalar(wanted)


def _must_be_known(kind: type[Base], given: dict[str, Any]) -> None:
    if unknown := set(given) - set(kind.__table__.columns.keys()) - {"id"}:
        raise TypeError(f"a {kind.__tablename__} has no {', '.join(sorted(unknown))}")


def _fit(kind: type[Base], given: dict[str, Any]) -> dict[str, Any]:
    """Texts trimmed and checked, addresses looked at, words made words, empty numbers of rows made none."""
    return {name: _fit_one(kind.__table__.c[name], value) for name, value in given.items()}


def _fit_one(column: Any, value: Any) -> Any:
    if column.name.endswith("email"):
        return rules.address(value)
    if isinstance(column.type, Word):
        return column.type.words(value)
    if isinstance(column.type, sa.String | Enciphered):
        check = rules.name if column.name == "name" else rules.fit
        return check(value, most=_longest(column)) or (None if column.nullable else "")
    return value or None if column.foreign_keys and column.nullable else value


def _must_hold(kind: type[Base], row: Any, whole: dict[str, Any], changed: dict[str, Any]) -> None:
    rules.must_follow(whole.get("opened_on"), whole.get("closed_on"))
    for field, other in REFERENCES.items():
        if changed.get(field) is not None and kind is not Congress:
            _must_be_of(other, changed[field], whole.get("congress_id"))
    check = {Congress: _congress, Term: _term, Meeting: _meeting, Delegation: _delegation}
    check |= {Deputy: _deputy, Body: _body, Officer: _officer}
    check[kind](row, whole, changed)


def _must_be_of(kind: type[Any], number: int, congress_id: int | None) -> None:
    found = db.session.get(kind, number)
    if found is None or found.congress_id != congress_id:
        raise of_another_congress(getattr(found, "name", None) or f"{kind.__tablename__} {number}")


def _is_taken(kind: Any, row: Any, **same: Any) -> bool:
    wanted = sa.select(kind.id).filter_by(**same).limit(1)
    if row is not None:
        wanted = wanted.where(kind.id != row.id)
    return db.session.scalar(wanted) is not None


def _name_must_be_free(kind: Any, row: Any, whole: dict[str, Any], changed: dict[str, Any]) -> None:
    same = {"congress_id": whole["congress_id"]} if "congress_id" in whole else {}
    if "name" in changed and _is_taken(kind, row, name=whole["name"], **same):
        raise RuleBroken(N_("There is already something called %(name)s here."), name=whole["name"])


def _congress(row: Any, whole: dict[str, Any], changed: dict[str, Any]) -> None:
    _name_must_be_free(Congress, row, whole, changed)
    above = db.session.get(Congress, whole["parent_id"]) if whole.get("parent_id") else None
    if above is not None and not rules.stands_above(str(above.level), str(whole["level"])):
        raise RuleBroken(N_("%(above)s does not stand above a congress of this level."), above=above.name)
    below = sa.select(Congress).where(Congress.parent_id == (row.id if row is not None else None))
    for one in db.session.scalars(below if row is not None and "level" in changed else below.where(sa.false())):
        if not rules.stands_above(str(whole["level"]), str(one.level)):
            raise RuleBroken(N_("%(below)s would not stand below it any more."), below=one.name)


def _delegation(row: Any, whole: dict[str, Any], changed: dict[str, Any]) -> None:
    same = {name: whole.get(name) for name in ("congress_id", "term_id", "name")}
    if {"name", "term_id"} & set(changed) and _is_taken(Delegation, row, **same):
        raise RuleBroken(N_("There is already something called %(name)s here."), name=whole["name"])


def _term(row: Any, whole: dict[str, Any], _changed: dict[str, Any]) -> None:
    if whole["ordinal"] < 1 or _is_taken(Term, row, congress_id=whole["congress_id"], ordinal=whole["ordinal"]):
        raise RuleBroken(N_("Term %(ordinal)d is there already, or is no number of a term."), ordinal=whole["ordinal"])


def _meeting(row: Any, whole: dict[str, Any], changed: dict[str, Any]) -> None:
    _name_must_be_free(Meeting, row, whole, changed)
    rules.must_follow(whole.get("opened_on"), whole.get("common_due_on"))
    if not FIRST_YEAR <= whole["year"] <= LAST_YEAR:
        raise RuleBroken(N_("%(year)d is not a year of a meeting."), year=whole["year"])


def _deputy(row: Any, whole: dict[str, Any], changed: dict[str, Any]) -> None:
    card, here = whole.get("card_number"), {name: whole.get(name) for name in ("congress_id", "term_id")}
    if (
        card is not None
        and {"card_number", "term_id"} & set(changed)
        and _is_taken(Deputy, row, card_number=card, **here)
    ):
        raise RuleBroken(N_("Card number %(card)s belongs to another deputy."), card=card)
    who = {**here, "name": whole["name"], "delegation_id": whole.get("delegation_id")}
    moved = {"name", "delegation_id", "card_number", "term_id"} & set(changed)
    if card is None and moved and _is_taken(Deputy, row, card_number=None, **who):
        raise RuleBroken(
            N_("There is already a deputy %(name)s in this delegation. The card number tells them apart."),
            name=who["name"],
        )


def _body(row: Any, whole: dict[str, Any], changed: dict[str, Any]) -> None:
    _name_must_be_free(Body, row, whole, changed)
    own = row.id if row is not None else None
    if own is not None and own in (whole.get("hub_id"), whole.get("parent_id")):
        raise RuleBroken(N_("%(body)s cannot stand above itself."), body=whole["name"])
    if changed.get("hub_id") is not None:
        hub = db.session.get_one(Body, changed["hub_id"])
        if not hub.is_hub or hub.closed_on is not None:
            raise RuleBroken(N_("%(hub)s is no hub that dispatches."), hub=hub.name)


def _officer(row: Any, whole: dict[str, Any], changed: dict[str, Any]) -> None:
    same = {name: whole.get(name) for name in ("congress_id", "body_id", "name", "rank")}
    if {"name", "body_id", "rank"} & set(changed) and _is_taken(Officer, row, active=True, **same):
        raise RuleBroken(N_("%(name)s stands there already in this rank."), name=whole["name"])
    if {"substitute_id", "absent_from_on", "absent_until_on"} & set(changed):
        _absence(row, whole)


def _absence(row: Any, whole: dict[str, Any]) -> None:
    away = whole.get("absent_from_on"), whole.get("absent_until_on")
    if away[0] is None and away[1] is not None:
        raise RuleBroken(N_("Say from which day on the officer is absent."))
    rules.must_follow(*away)
    if (substitute_id := whole.get("substitute_id")) is None:
        return
    other = db.session.get_one(Officer, substitute_id)
    if not other.active or (row is not None and other.id == row.id):
        raise RuleBroken(N_("%(name)s cannot stand in."), name=other.name)
    if rules.overlap(away, (other.absent_from_on, other.absent_until_on)):
        raise RuleBroken(N_("%(name)s is absent in these days too."), name=other.name)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int) else str(value)
