"""Whether every enciphered value opens, and all of them enciphered anew under the newest key."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import with_appcontext

from tracker import clock
from tracker.actor import SYSTEM
from tracker.audit.actions import trace
from tracker.cipher import FORM, NAME_LENGTH, Keys, is_locked, key_named_in
from tracker.database import Base, db, streamed
from tracker.enciphered import UNREADABLE, Enciphered, is_enciphered, locked, opened, our_keys, texts_in
from tracker.errors import N_
from tracker.key_files import CONTACT
from tracker.settings import SHORTEST_KEY
from tracker.stage import Finding, Problem, Weight

AT_ONCE = 1_000
FINE, HINT, WARNING, BAD = Weight


@click.command("encipher-anew")
@with_appcontext
def encipher_anew() -> None:
    """Encipher every telephone anew under the newest key; people may work meanwhile."""
    done, left = 0, 0
    for column in columns():
        changed, unread = _anew(column)
        done, left = done + changed, left + unread
    trace("enciphered_anew", SYSTEM, at=clock.now(), rows=done)
    db.session.commit()
    click.echo(f"{done} rows are enciphered under the newest key.")
    if left:
        click.echo(f"{left} rows could not be deciphered and stay as they are: a former key is missing.", err=True)
        sys.exit(1)


def columns() -> list[Any]:
    """Every column that holds enciphered values."""
    return [one for table in Base.metadata.sorted_tables for one in table.columns if is_enciphered(one)]


def _anew(column: Any) -> tuple[int, int]:
    """How many rows of a column were enciphered anew, and how many could not be; so many in one transaction."""
    [key], newest = column.table.primary_key.columns, our_keys().newest
    last, done, left = 0, 0, 0
    while True:
        wanted = sa.select(key, column).where(key > last, _is_locked(column)).order_by(key).limit(AT_ONCE)
        rows = db.session.execute(wanted.with_for_update(of=column.table)).all()
        if not rows:
            db.session.commit()
            return done, left
        for row, kept in rows:
            if {key_named_in(text) for text in texts_in(kept) if is_locked(text)} == {newest}:
                continue
            said = opened(column, (row,), kept)
            if UNREADABLE in texts_in(said):
                left += 1
                continue
            new = locked(column, (row,), said)
            db.session.execute(sa.update(column.table).where(key == row).values({column.name: new}))
            done += 1
        last = rows[-1][0]
        db.session.commit()


def problems() -> Iterator[Problem]:
    """Values that do not open: their key is not here, or they were altered, or moved from another row."""
    for column in columns():
        keys = list(column.table.primary_key.columns)
        wanted = sa.select(*keys, column).where(_is_locked(column)).order_by(*keys)
        rows = streamed(wanted, AT_ONCE)
        wrong = [row for *row, kept in rows if UNREADABLE in texts_in(opened(column, row, kept))]
        if wrong:
            where = {"column": f"{column.table.name}.{column.name}", "count": len(wrong), "row": wrong[0][0]}
            says = N_("%(count)s values of %(column)s cannot be deciphered, the first in row %(row)s.")
            yield Problem("enciphered", says, where)


def checks() -> Iterator[Finding]:
    used: Counter[str] = Counter()
    for column in columns():
        if isinstance(column.type, Enciphered):
            name = sa.func.substr(sa.cast(column, sa.Text), len(FORM) + 1, NAME_LENGTH)
            for found, count in db.session.execute(sa.select(name, sa.func.count()).where(column != "").group_by(name)):
                used[found] += count
    yield of_keys(current_app.config, our_keys(), used, Path(current_app.instance_path))


def of_keys(config: Mapping[str, Any], keys: Keys, used: Mapping[str, int], folder: Path) -> Finding:
    """How the key stands; `used`: how many telephones are enciphered under which."""
    about, file = N_("The key that enciphers telephones"), folder / CONTACT
    missing = {name: count for name, count in used.items() if name not in keys}
    values: dict[str, Any] = {"path": str(file), "keys": ", ".join(sorted(missing)), "count": sum(missing.values())}
    if missing:
        to_do = N_("Bring back the key they were enciphered with (docs/operating.md, The key of the telephones).")
        says = N_("%(count)s telephones cannot be deciphered: the key %(keys)s is not here.")
        return Finding("contact_key", about, BAD, says, values, to_do)
    if min(map(len, (config["CONTACT_KEY"], *config["CONTACT_KEY_FALLBACKS"]))) < SHORTEST_KEY:
        to_do = N_("Leave CONTACT_KEY empty, or set one of 48 random characters.")
        return Finding("contact_key", about, BAD, N_("It is short enough to be guessed."), to_do=to_do)
    if file.exists() and file.stat().st_mode & 0o077:
        to_do = N_("chmod 600 %(path)s, then change the key (docs/operating.md): others may have read it.")
        return Finding("contact_key", about, BAD, N_("%(path)s can be read by others."), values, to_do)
    return _of_keeping(about, config, sum(count for name, count in used.items() if name != keys.newest))


def _of_keeping(about: str, config: Mapping[str, Any], former: int) -> Finding:
    if former:
        to_do = N_("Run “encipher-anew”, then empty CONTACT_KEY_FALLBACKS.")
        says = N_("%(count)s telephones are enciphered under a former key.")
        return Finding("contact_key", about, HINT, says, {"count": former}, to_do)
    if not config["BACKUP_RECIPIENT"]:
        to_do = N_("Keep a copy of it elsewhere, or set BACKUP_RECIPIENT: an encrypted backup holds the key too.")
        return Finding(
            "contact_key", about, HINT, N_("It is in no backup; without it telephones are lost."), to_do=to_do
        )
    return Finding("contact_key", about, FINE, N_("here, and in every encrypted backup"))


def _is_locked(column: Any) -> sa.ColumnElement[bool]:
    return sa.cast(column, sa.Text).contains(FORM)
