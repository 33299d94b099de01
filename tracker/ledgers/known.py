"""Who is meant by a name in a ledger: bodies, deputies, delegations, read once; created only on request."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from tracker.actor import Actor
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.ledgers.branch_words import BRANCHES, OTHERWISE
from tracker.ledgers.facts import Question
from tracker.ledgers.report import Report
from tracker.ledgers.words import DELEGATION_ENDING
from tracker.structure import actions as structure
from tracker.structure.models import Body, Branch, Congress, Delegation, Deputy

UNKNOWN_BODY = N_("No body of this name is known (%(rows)d rows).")
UNKNOWN_DEPUTY = N_("No deputy of this name is known (%(rows)d rows).")
SEVERAL_BODIES = N_("Several bodies are called so (%(rows)d rows).")
SEVERAL_DEPUTIES = N_("Several deputies have this name (%(rows)d rows).")
NOT_CREATED = N_("It could not be created: the name does not fit (%(rows)d rows).")
BODIES, DEPUTIES = "bodies", "deputies"


def plain(name: str) -> str:
    """A name as it is compared: no blanks, half-width signs."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))


class Known:
    """The congress's bodies and people by name; what is not known is asked about once per name."""

    def __init__(self, congress: Congress, create: Set[str], report: Report, *, by: Actor, at: datetime) -> None:
        self.congress_id, self.create, self.report, self.by, self.at = congress.id, create, report, by, at
        self.names = _names_of_bodies(congress.id)
        self.deputies: dict[str, list[Deputy]] = {}
        for deputy in db.session.scalars(sa.select(Deputy).where(Deputy.congress_id == congress.id)):
            self.deputies.setdefault(plain(deputy.name), []).append(deputy)
        wanted = sa.select(Delegation).where(Delegation.congress_id == congress.id)
        self.delegations = {plain(one.name): one for one in db.session.scalars(wanted)}
        self.asked: dict[tuple[str, str], Question] = {}
        self.refused: set[str] = set()

    def body(self, name: str, row: int, column: str) -> Body | None:
        """The body of this name, or of this short or former name; None and a question if it is not one."""
        found = self.names.get(plain(name), [])
        if len(found) == 1:
            return found[0]
        if not found and BODIES in self.create:
            if made := self._made(name, lambda: self._add_body(name)):
                self.names[plain(name)] = [made]
                return made
            self._ask(NOT_CREATED, name, row, column)
        else:
            self._ask(SEVERAL_BODIES if found else UNKNOWN_BODY, name, row, column)
        return None

    def find_body(self, name: str) -> Body | None:
        """As `body`, without asking."""
        found = self.names.get(plain(name), [])
        return found[0] if len(found) == 1 else None

    def deputy_by_id(self, number: int | None) -> Deputy | None:
        return db.session.get(Deputy, number) if number is not None else None

    def deputy(self, name: str, unit: str, row: int, column: str) -> Deputy | None:
        """The deputy of this name; of several the one of the delegation the ledger names."""
        found = self.deputies.get(plain(name), [])
        delegation = self.delegations.get(plain(unit)) if unit else None
        if len(found) > 1 and delegation is not None:
            found = [one for one in found if one.delegation_id == delegation.id] or found
        if len(found) == 1:
            return found[0]
        if not found and DEPUTIES in self.create:
            if made := self._made(name, lambda: self._add_deputy(name, unit)):
                self.deputies[plain(name)] = [made]
                return made
            self._ask(NOT_CREATED, name, row, column)
        else:
            self._ask(SEVERAL_DEPUTIES if found else UNKNOWN_DEPUTY, name, row, column)
        return None

    def delegation(self, name: str) -> Delegation | None:
        """The delegation of this name; made with the deputies, when they are to be created."""
        found = self.delegations.get(plain(name))
        if found is None and DEPUTIES in self.create and plain(name).endswith(DELEGATION_ENDING):
            made = self._made(name, lambda: structure.add_delegation(self.congress_id, plain(name), **self._act()))
            if made is not None:
                self.delegations[plain(name)] = found = made
        return found

    def _act(self) -> dict[str, Any]:
        return {"by": self.by, "at": self.at}

    def _made(self, name: str, make: Any) -> Any:
        """What was made, or None where the structure's own rules refuse the name."""
        if name in self.refused:
            return None
        try:
            return make()
        except RuleBroken:
            self.refused.add(name)
            return None

    def _add_body(self, name: str) -> Body:
        bare = plain(name)
        branch = next((branch for pattern, branch in BRANCHES if re.search(pattern, bare)), OTHERWISE)
        made = structure.add_body(self.congress_id, bare, Branch(branch), **self._act())
        self.report.created.setdefault(BODIES, []).append(bare)
        return made

    def _add_deputy(self, name: str, unit: str) -> Deputy:
        delegation = self.delegation(unit) if unit else None
        facts: dict[str, Any] = {"delegation_id": delegation.id} if delegation else {}
        if unit and delegation is None and len(unit) <= 120:
            facts["employer"] = unit
        made = structure.add_deputy(self.congress_id, plain(name), **facts, **self._act())
        self.report.created.setdefault(DEPUTIES, []).append(plain(name))
        return made

    def _ask(self, why: str, name: str, row: int, column: str) -> None:
        asked = self.asked.get((why, plain(name)))
        if asked is None:
            asked = self.asked[why, plain(name)] = Question(row, column, name, why, values={"rows": 0})
            self.report.ask(asked)
        counted: Any = asked.values
        counted["rows"] += 1


def _names_of_bodies(congress_id: int) -> dict[str, list[Body]]:
    """Full names first, then short ones, then former ones: a better name hides the others."""
    bodies = list(db.session.scalars(sa.select(Body).where(Body.congress_id == congress_id).order_by(Body.id)))
    names: dict[str, list[Body]] = {}
    for named in (
        lambda body: [body.name],
        lambda body: [body.short_name],
        lambda body: body.former_names.split("、"),
    ):
        level: dict[str, list[Body]] = {}
        for body in bodies:
            for name in filter(None, map(plain, named(body))):
                level.setdefault(name, []).append(body)
        for name, found in level.items():
            names.setdefault(name, found)
    return names
