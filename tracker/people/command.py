"""`user`: accounts from the command line, each with a one-time link to set a password."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import with_appcontext

from tracker import clock
from tracker.actor import SYSTEM
from tracker.database import db
from tracker.errors import NotFound, RuleBroken
from tracker.people import actions, letters, second_factor
from tracker.people.models import User
from tracker.roles import Role
from tracker.structure import queries
from tracker.structure.models import Congress
from tracker.structure.rules import address

LINK_HOURS = 72
EMAIL = click.argument("email")
JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object: email, role, state, link.")


@click.group("user")
def user_group() -> None:
    """Accounts: who may sign in."""


@user_group.command("add")
@EMAIL
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", required=True, type=click.Choice([str(role) for role in Role]), help="What the person may do.")
@click.option("--body", "body_name", help="For handlers, leaders of a body, hubs and committees: its name.")
@click.option("--deputy", "deputy_name", help="For a deputy's account: the name, or the card number.")
@JSON
@with_appcontext
def add(email: str, name: str, role: str, body_name: str | None, deputy_name: str | None, as_json: bool) -> None:
    """Make an account; prints a one-time link with which its holder sets the password."""

    def act() -> tuple[User, str]:
        congress = queries.the_congress()
        user = actions.add_user(
            address(email) or "",
            name,
            Role(role),
            congress_id=congress.id,
            body_id=_body_id(body_name, congress),
            deputy_id=_deputy_id(deputy_name, congress),
            by=SYSTEM,
            at=clock.now(),
        )
        return user, one_time_link(user)

    _do(act, as_json)


@user_group.command("disable")
@EMAIL
@JSON
@with_appcontext
def disable(email: str, as_json: bool) -> None:
    """End a person's access at once; the name stays on what was done."""

    def act() -> tuple[User, str]:
        user = _user(email)
        if user.disabled_at is None:
            actions.disable(user, by=SYSTEM, at=clock.now())
        return user, ""

    _do(act, as_json)


@user_group.command("reset")
@EMAIL
@click.option("--second-factor", "factor", is_flag=True, help="Only take away a lost second factor.")
@JSON
@with_appcontext
def reset(email: str, factor: bool, as_json: bool) -> None:
    """Print a new one-time link to set a password, and give access back to a disabled account."""

    def act() -> tuple[User, str]:
        user = _user(email)
        if factor:
            return _without_factor(user)
        if user.disabled_at is not None:
            actions.enable(user, by=SYSTEM, at=clock.now())
        return user, one_time_link(user)

    _do(act, as_json)


def _without_factor(user: User) -> tuple[User, str]:
    """The phone is lost: its codes are no longer asked for, all sessions end, and the person is told."""
    if second_factor.drop(user, by=SYSTEM, at=clock.now()):
        actions.end_all_sessions(user, at=clock.now())
        letters.account_changed(user, letters.Changed.FACTOR_RESET, at=clock.now())
    return user, ""


def first_administrator(email: str, congress: Congress) -> str:
    """The first administrator's account and its one-time link; the caller commits.

    The same address again gives a new link while no password is set, and nothing ("") once there is one.

    :raises RuleBroken: this is no mail address.
    """
    given = address(email) or ""
    user = _find(given)
    if user is None:
        name = given.split("@")[0][:60]
        user = actions.add_user(given, name, Role.ADMIN, congress_id=congress.id, by=SYSTEM, at=clock.now())
    return "" if user.password_hash else one_time_link(user)


def one_time_link(user: User) -> str:
    """The whole address of a new one-time link; it begins with BASE_URL, never with what a visitor's browser says."""
    secret = actions.password_link(user, at=clock.now(), hours=LINK_HOURS)
    path = current_app.url_map.bind("localhost").build("people.set_password", {"secret": secret})
    return f"{current_app.config['BASE_URL']}{path}"


def _do(act: Callable[[], tuple[User, str]], as_json: bool) -> None:
    """Act and commit, or say why not and leave with 1."""
    try:
        user, link = act()
    except NotFound:
        raise click.ClickException("There is no congress yet. Run init first.") from None
    except RuleBroken as broken:
        raise click.ClickException(str(broken)) from None
    said: dict[str, Any] = {"email": user.email, "role": str(user.role), "state": _state(user), "link": link}
    db.session.commit()
    if as_json:
        click.echo(json.dumps(said, ensure_ascii=False))
    else:
        click.echo("  ".join(str(part) for part in said.values() if part))


def _state(user: User) -> str:
    if user.disabled_at is not None:
        return "disabled"
    return "active" if user.password_hash else "no password yet"


def _find(email: str) -> User | None:
    return db.session.scalar(sa.select(User).where(User.email == email.strip().lower()))


def _user(email: str) -> User:
    if (user := _find(email)) is None:
        raise click.ClickException(f"There is no account for {email}.")
    return user


def _body_id(name: str | None, congress: Congress) -> int | None:
    if not name:
        return None
    if (body := queries.find_body(name, congress.id)) is None:
        raise click.ClickException(f"There is no body {name}.")
    return body.id


def _deputy_id(name: str | None, congress: Congress) -> int | None:
    """By name where only one has it, else by card number."""
    if not name:
        return None
    found = queries.find_deputies(name, congress.id)
    found = found or [one for one in queries.deputies(congress.id) if one.card_number == name]
    if len(found) != 1:
        raise click.ClickException(f"{len(found) or 'No'} deputies answer to {name}; give the card number.")
    return found[0].id
