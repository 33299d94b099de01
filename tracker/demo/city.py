"""The bodies, officers, delegations and deputies of the fictitious city; the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from tracker.demo.wording import content

HEAD_BY_ENDING = {"局": "局长", "部": "部长"}
HUB_TITLES = {"government": "督查室主任", "party": "督查室主任"}


@dataclass(frozen=True)
class CityBody:
    """A handling body; `under` and `pairs` name other bodies by short_name."""

    name: str
    short_name: str
    former_names: tuple[str, ...]
    name_en: str
    branch: str
    hub: bool
    under: str | None
    mail: str
    doc_prefix: str
    committee: bool
    pairs: tuple[str, ...]
    head_title: str


@dataclass(frozen=True)
class CityOfficer:
    """A person with a rank (the words of structure.models.Rank); leaders above all bodies have no body."""

    name: str
    title: str
    rank: str
    body: str | None
    mail: str
    in_charge_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class CityDelegation:
    name: str
    name_en: str
    seats: int


@dataclass(frozen=True)
class CityDeputy:
    """A deputy; `delegation` is the delegation's name. The phone numbers belong to nobody."""

    name: str
    delegation: str
    card_number: str
    mail: str
    phone: str


@dataclass(frozen=True)
class City:
    name: str
    name_en: str
    office: str
    bodies: tuple[CityBody, ...]
    officers: tuple[CityOfficer, ...]
    delegations: tuple[CityDelegation, ...]
    deputies: tuple[CityDeputy, ...]

    def body(self, short_name: str) -> CityBody:
        """The body of this short name; KeyError when there is none."""
        for body in self.bodies:
            if body.short_name == short_name:
                return body
        raise KeyError(short_name)


def city(seed: int) -> City:
    """The whole city. Bodies and delegations never depend on the seed, the people do."""
    said = content("bodies")
    names = people(Random(f"people {seed}"))  # nosec B311
    bodies = tuple(all_bodies())
    delegations = tuple(
        CityDelegation(row["name"], row["en"], row["seats"]) for row in content("delegations")["delegations"]
    )
    deputies = tuple(all_deputies(delegations, names, said["domain"]))
    officers = (*leaders(names, said["domain"]), *(one for body in bodies for one in staff(body, names)))
    return City(
        name=said["city"],
        name_en=said["city_en"],
        office=content("names")["congress"]["office"],
        bodies=bodies,
        officers=officers,
        delegations=delegations,
        deputies=deputies,
    )


def people(rng: Random) -> Iterator[str]:
    """Names without end, no two alike."""
    said = content("names")
    given: set[str] = set()
    while True:
        double = rng.random() < 0.02
        surname = rng.choice(said["double_surnames"] if double else said["surnames"])
        if double or rng.random() < 0.18:
            name = surname + rng.choice(said["alone"])
        else:
            name = surname + rng.choice(said["first"]) + rng.choice(said["second"])
        if name not in given:
            given.add(name)
            yield name


def all_bodies() -> Iterator[CityBody]:
    said = content("bodies")
    for group in said["group"]:
        for row in group["bodies"]:
            yield CityBody(
                name=row.get("name") or said["city"] + row["short"].removeprefix("市"),
                short_name=row["short"],
                former_names=tuple(row.get("former", ())),
                name_en=row["en"] if said["city_en"] in row["en"] else f"{said['city_en']} {row['en']}",
                branch=group["branch"],
                hub=row.get("hub", False),
                under=None if row["short"] == group["under"] else group["under"],
                mail=f"{row['mail']}@{said['domain']}",
                doc_prefix=row["prefix"],
                committee=row.get("committee", False),
                pairs=tuple(row.get("pairs", ())),
                head_title=head_title(row),
            )


def head_title(row: dict[str, Any]) -> str:
    if row.get("committee"):
        return "主任委员"
    return row.get("head") or HEAD_BY_ENDING.get(row["short"][-1], "主任")


def deputy_title(head: str) -> str:
    """The second in a body, after the title of its first."""
    known = {"董事长": "副总经理", "党组书记": "副主席", "办公室主任": "办公室副主任"}
    return known.get(head) or "副" + head.removeprefix("常务副")


def all_deputies(delegations: tuple[CityDelegation, ...], names: Iterator[str], domain: str) -> Iterator[CityDeputy]:
    serial = 0
    for place, delegation in enumerate(delegations, start=1):
        for seat in range(1, delegation.seats + 1):
            serial += 1
            card = f"{place:02d}{seat:03d}"
            yield CityDeputy(next(names), delegation.name, card, f"d{card}@deputies.{domain}", f"1000000{serial:04d}")


def leaders(names: Iterator[str], domain: str) -> list[CityOfficer]:
    """Mayor and vice-mayors, presidents, the standing committee, our own director and clerk."""
    return [
        CityOfficer(
            name=next(names),
            title=row["title"],
            rank=row["rank"],
            body=row.get("body"),
            mail=f"leader{place:02d}@{domain}",
            in_charge_of=tuple(row.get("in_charge_of", ())),
        )
        for place, row in enumerate(content("names")["leader"], start=1)
    ]


def staff(body: CityBody, names: Iterator[str]) -> Iterator[CityOfficer]:
    """Handler, deputy head and head of a body; a hub and a special committee have one more each."""
    posts = [
        ("handler", "建议办理联系人"),
        ("deputy_head", deputy_title(body.head_title)),
        ("head", body.head_title),
    ]
    if body.hub and body.branch != "congress":
        posts.append(("hub_office", HUB_TITLES.get(body.branch, "代表联络工作负责人")))
    if body.committee:
        posts.append(("committee", "委员会办公室主任"))
    local, _, domain = body.mail.partition("@")
    for rank, title in posts:
        yield CityOfficer(next(names), title, rank, body.short_name, f"{local}.{rank}@{domain}")
