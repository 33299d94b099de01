"""Who is meant by the names a document gives: deputies of these names, and questions where it is not clear. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from tracker.documents.found import Found
from tracker.documents.nearest import nearest

Person = tuple[int, str, int | None, str | None]


@dataclass(frozen=True)
class Question:
    """A name that is no deputy's, or that of several; `among` are those who may be meant, the likeliest first."""

    name: str
    is_lead: bool
    is_known: bool
    among: tuple[tuple[int, str], ...]


@dataclass
class Meant:
    """Who suggests, as far as it is clear."""

    lead_id: int | None = None
    co_signer_ids: list[int] = field(default_factory=list)
    delegation_id: int | None = None
    questions: list[Question] = field(default_factory=list)


def meant(found: Found, people: list[Person], delegations: list[tuple[int, str]]) -> Meant:
    """The deputies and the delegation a document names; of several with one name the card and the delegation tell."""
    result = Meant(delegation_id=_delegation(found.delegation, delegations))
    by_name: dict[str, list[Person]] = {}
    for person in people:
        by_name.setdefault(_bare(person[1]), []).append(person)
    if found.lead:
        fitting = _fitting(by_name.get(_bare(found.lead), []), found.card_number, result.delegation_id)
        result.lead_id = fitting[0][0] if len(fitting) == 1 else None
        if result.lead_id is None:
            result.questions.append(_question(found.lead, fitting, people, is_lead=True))
    for name in found.co_signers:
        fitting = _fitting(by_name.get(_bare(name), []), "", result.delegation_id)
        if len(fitting) == 1:
            result.co_signer_ids.append(fitting[0][0])
        else:
            result.questions.append(_question(name, fitting, people, is_lead=False))
    return result


def _fitting(same_name: list[Person], card: str, delegation_id: int | None) -> list[Person]:
    if len(same_name) < 2:
        return same_name
    by_card = [one for one in same_name if card and one[3] == card]
    by_delegation = [one for one in same_name if delegation_id and one[2] == delegation_id]
    return by_card or (by_delegation if len(by_delegation) == 1 else same_name)


def _question(name: str, fitting: list[Person], people: list[Person], *, is_lead: bool) -> Question:
    among = [(one[0], one[1]) for one in fitting] or nearest(name, ((one[0], one[1]) for one in people))
    return Question(name, is_lead, bool(fitting), tuple(among))


def _delegation(said: str, delegations: list[tuple[int, str]]) -> int | None:
    """The delegation of this name; the word for it may be left out on either side."""
    bare = _bare(said).removesuffix("代表团")
    return next((number for number, name in delegations if bare and _bare(name).removesuffix("代表团") == bare), None)


def _bare(name: str) -> str:
    return re.sub(r"[\s·•・.]", "", unicodedata.normalize("NFKC", name))
