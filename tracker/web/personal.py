"""Pages on which addresses and telephones of many people stand at once say so; the trail keeps who read them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g

MANY = 5


@dataclass(frozen=True)
class Shown:
    """Of how many people this page shows how they are reached."""

    people: int


def shows(people: int) -> None:
    """This page shows mail addresses, telephones or addresses of so many people."""
    g.personal = Shown(people)


def looked_up(**facts: int) -> None:
    """This page shows what is held about one person."""
    g.person_found = facts
