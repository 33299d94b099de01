"""Pages on which addresses and telephones of many people stand at once say so; the trail keeps who read them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import g

MANY = 5
# A mobile number, an identity number of 18 digits, a mail address, as somebody types it into a search.
_PERSONAL = re.compile(
    r"(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+"
)


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


def is_personal(typed: str) -> bool:
    """Whether somebody is looked for by telephone, identity number or mail address."""
    return _PERSONAL.search(typed) is not None
