"""The first start of an empty system: a one-time code, the congress, its first administrator."""

from __future__ import annotations

import contextlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from tracker.actor import SYSTEM
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.people import actions
from tracker.people.models import User
from tracker.roles import Role
from tracker.structure.actions import add_congress, add_meeting
from tracker.structure.models import Congress, Level
from tracker.structure.queries import find_congress

FILE = "setup_code"
LASTS = timedelta(hours=24)
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that look alike
GROUPS, GROUP = 5, 4  # 20 signs, 99 bits
RULE_SETS = sa.table("rule_set", sa.column("name"), sa.column("version"), sa.column("title_zh"), sa.column("title_en"))


@dataclass(frozen=True)
class Beginning:
    """What the first visit says."""

    congress_name: str
    office_name: str
    level: Level
    rules_name: str
    meeting_name: str
    meeting_name_en: str
    name: str
    email: str
    password: str


def new_code(instance_path: str | Path, at: datetime) -> str:
    """A new one-time code, to be printed where the system was started; it lasts a day, and an earlier one is dead.

    Only its digest is kept, readable by the system's own account.
    """
    signs = "".join(secrets.choice(SIGNS) for _ in range(GROUPS * GROUP))
    kept = json.dumps({"digest": actions.digest(signs), "expires_at": (at + LASTS).isoformat()})
    path = Path(instance_path) / FILE
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(kept)
    return "-".join(signs[place : place + GROUP] for place in range(0, len(signs), GROUP))


def begin(said: Beginning, code: str, *, instance_path: str | Path, year: int, at: datetime) -> User:
    """Make the congress, its meeting of this year and its first administrator; the code is used up.

    :raises RuleBroken: the code is wrong, old or used; there is a congress already; the password is weak.
    """
    must_be_the_code(instance_path, code, at=at)
    if find_congress() is not None:
        raise RuleBroken(N_("This system is set up already. Please sign in."))
    congress = _congress(said, at=at)
    add_meeting(congress.id, said.meeting_name, year, name_en=said.meeting_name_en, ordinal=None, by=SYSTEM, at=at)
    user = actions.add_user(said.email, said.name, Role.ADMIN, congress_id=congress.id, by=SYSTEM, at=at)
    actions.set_password(user, said.password, at=at)
    _spend(instance_path)
    return user


def must_be_the_code(instance_path: str | Path, code: str, *, at: datetime) -> None:
    """:raises RuleBroken: this is not the code that was printed last, or its day is over."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    kept = {"digest": "", "expires_at": ""}
    with contextlib.suppress(OSError, ValueError):
        kept = json.loads((Path(instance_path) / FILE).read_text(encoding="ascii"))
    right = hmac.compare_digest(actions.digest(signs).encode(), str(kept["digest"]).encode())
    if not right or at >= datetime.fromisoformat(kept["expires_at"]):
        raise RuleBroken(N_("This code is not right, or no longer valid. A new one is printed at the next start."))


def rule_choices(language: str) -> list[tuple[str, str]]:
    """The rule sets that are loaded, with their titles; of the later stage they belong to only the table is known."""
    title = RULE_SETS.c.title_en if language.startswith("en") else RULE_SETS.c.title_zh
    wanted = sa.select(RULE_SETS.c.name, title).order_by(
        RULE_SETS.c.name != "default", RULE_SETS.c.name, RULE_SETS.c.version
    )
    newest = {row[0]: row[1] for row in db.session.execute(wanted)}
    return list(newest.items()) or [("default", "default")]


def _congress(said: Beginning, *, at: datetime) -> Congress:
    return add_congress(
        said.congress_name, said.level, rules_name=said.rules_name, office_name=said.office_name, by=SYSTEM, at=at
    )


def _spend(instance_path: str | Path) -> None:
    """Two visitors at once cannot both use the code: only one of them can remove it."""
    try:
        (Path(instance_path) / FILE).unlink()
    except FileNotFoundError:
        raise RuleBroken(N_("This code has been used already.")) from None
