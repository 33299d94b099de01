"""Who may read which mark, and how pages are gone through to find one on the wrong page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator

import sqlalchemy as sa

from tests.house_rules.who_may_open import WHO_MAY_OPEN
from tests.security.city import ITEMS, City
from tracker.database import Base, db
from tracker.roles import Role
from tracker.web.headers import ALWAYS

# Who sees which suggestion.
SEES = {
    "clerk": set(ITEMS),
    "office head": set(ITEMS),
    "hub": {"roads", "schools", "internal", "returned", "joint", "circulated"},
    "roads": {"roads", "internal", "joint"},
    "roads head": {"roads", "internal", "joint"},
    "schools": {"schools", "returned", "joint", "circulated"},
    "court": {"court"},
    "committee": {"roads", "joint"},
    "leader": set(ITEMS) - {"internal"},
    "auditor": set(ITEMS) - {"internal"},
    "admin": set(),
    "first deputy": {"roads", "recorded"},
    "second deputy": {"roads", "schools"},
    "third deputy": {"court", "internal", "returned", "joint", "circulated"},
}
OFFICE = {"clerk", "office head"}
ROADS = {"roads", "roads head"}
OVERSEE = {"committee", "leader", "auditor"}
INSIDE = OFFICE | ROADS | OVERSEE | {"hub"}
# What of a suggestion only some of those may read who see it.
CLOSER = {
    **{f"{item}-remark": OFFICE for item in ITEMS},
    "roads-contact": INSIDE,
    "roads-more-time": INSIDE,
    "roads-decision": INSIDE,
    "roads-sent-back": INSIDE,
    "roads-paper": OFFICE | {"first deputy"},
    "roads-comment": OFFICE | {"first deputy", "second deputy"},
    **{f"schools-{what}": {"schools"} for what in ("draft", "draft-number", "draft-file", "promise")},
    **{f"joint-{what}": ROADS for what in ("draft", "draft-number", "draft-file", "promise")},
    **{f"court-{what}": OFFICE | {"court"} for what in ("submitted", "submitted-file", "promise")},
    "court-submitted-number": OFFICE | {"court", "leader", "auditor"},
    **{f"roads-{what}": INSIDE for what in ("findings", "findings-file")},
    **{
        f"joint-{what}": OFFICE | ROADS | {"hub", "leader", "auditor"} for what in ("instruction", "instruction-leader")
    },
    **{f"joint-{what}": OFFICE | {"leader", "auditor"} for what in ("order", "order-leader")},
    "joint-inner": OFFICE | ROADS,
    "joint-to-hub": OFFICE | {"schools", "hub"},
    "joint-to-roads": OFFICE | ROADS | {"schools"},
    "joint-common": INSIDE | {"schools"},
    "circulated-objection": OFFICE | {"hub", "schools", "leader", "auditor"},
    "returned-reason": OFFICE | {"hub", "leader", "auditor"},
    "returned-decision": OFFICE | {"hub", "leader", "auditor"},
}
# The weekly issue is frozen with what each body did itself: it reads there what it returned, and who watches it too.
OWN_ACTS = {(name, f"returned-{what}") for name in ("roads", "committee") for what in ("title", "reason")}
MARK = re.compile(r"mark-(\w+)-([\w-]+)\.")
NO_SUCH = 999_999
# Rows that looking itself may leave: sessions in use, and who took what away.
OWN_ROWS = {"sign_in", "attempt", "trace", "trace_aside"}


# Something for every field of every form.
FORM = {
    "reason": "x", "note": "x", "text": "x", "decision": "grant", "on": "2026-03-05", "manner": "visit", "person": "x",
    "proposed_on": "2026-07-01", "to": "2026-07-01", "attitude": "satisfied", "result": "satisfied", "comment": "x",
    "fate": "kept", "new_due_on": "2026-10-01", "act": "submit", "class_label": "A", "document_number": "1",
    "letter_on": "2026-03-05", "signer": "x", "contact_person": "x", "publicity": "full", "way": "system",
    "reasons": "form", "proposed_id": "0", "acting_name": "x", "title": "x", "version": "1", "origin": "meeting",
    "deputies": "1", "why": "x", "finding": "again",
    "deputy_id": "1", "confirmed": "y", "agrees": "yes", "kept": "yes", "what": "x", "owner": "x", "month": "5",
    "due_on": "2026-10-01", "audience": "office", "answer": "x", "people": "x", "findings": "x", "meeting": "x",
}  # fmt: skip


def ask(visitor, path: str, method: str = "GET", **options):
    """One request in a context of its own, and all its text, that of workbooks too."""
    db.session.rollback()
    with visitor.app.app_context():
        answer = visitor.client.open(path, method=method, base_url=visitor.app.config["BASE_URL"], **options)
        content = answer.get_data()
        answer.close()
    return answer, text_of(content)


def text_of(content: bytes) -> str:
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return content.decode("utf-8", "replace")


def may_read(name: str, item: str, what: str) -> bool:
    return item in SEES[name] and name in CLOSER.get(f"{item}-{what}", set(SEES))


def leaks(name: str, text: str, where: str) -> list[str]:
    found = []
    for item, what in set(MARK.findall(text)):
        own_act = where.startswith("/bulletins/") and (name.split()[0], f"{item}-{what}") in OWN_ACTS
        if not may_read(name, item, what) and not own_act:
            found.append(f"{name} reads {item}-{what} at {where}")
    return found


FETCHED = re.compile(
    r"""(?:\bsrc|\bsrcset|\bposter|\baction|<link[^>]*\bhref|@import|\burl)\s*[=("']+\s*((?:https?:)?//[^"'\s)>]+)""",
    re.IGNORECASE,
)


def fetched_elsewhere(text: str, where: str, endpoint: str, looked_into: set[str]) -> list[str]:
    """What a browser would ask of others for showing this page (a link it only offers is none); once for each page."""
    if endpoint in looked_into or not text.startswith("<!DOCTYPE html>"):
        return []
    looked_into.add(endpoint)
    return [f"{where} fetches {address}" for address in FETCHED.findall(text) if "//127.0.0.1:8000" not in address]


def bare(answer, where: str) -> list[str]:
    """The heads an answer lacks, or that say too little."""
    wanted = {**ALWAYS, "Cache-Control": "no-store"}
    found = [f"{where} has no {name}" for name in wanted if not answer.headers.get(name)]
    policy = answer.headers.get("Content-Security-Policy", "")
    found += [f"{where} allows {word}" for word in ("unsafe", "*", "http:") if word in policy]
    return found if answer.headers.get("X-Content-Type-Options") == "nosniff" else [*found, f"{where} may be sniffed"]


def addresses(app, city: City, method: str = "GET") -> Iterator[tuple[str, str, str | None]]:
    """Endpoint, address and the item it belongs to, for every rule and every number; None: of nothing that exists."""
    for rule in app.url_map.iter_rules():
        names = sorted(rule.arguments)
        if method not in rule.methods or rule.endpoint not in WHO_MAY_OPEN or "token" in names:
            continue
        if not names:
            yield rule.endpoint, rule.rule, None
            continue
        for item, ids in city.ids.items():
            if set(names) <= set(ids):
                for numbers in zip(*(ids[name] for name in names), strict=True):
                    yield rule.endpoint, filled(rule.rule, dict(zip(names, numbers, strict=True))), item
        if set(names) <= {name for ids in city.ids.values() for name in ids}:
            yield rule.endpoint, filled(rule.rule, dict.fromkeys(names, NO_SUCH)), None


def opens_for(endpoint: str, role: Role) -> bool:
    """Whether somebody of that role may open this page for something that is his."""
    return WHO_MAY_OPEN[endpoint].anyone or role in WHO_MAY_OPEN[endpoint].roles


def worth_asking(
    pages: Iterable[tuple[str, str, str | None]], role: Role, skip: Collection[str | None] = ()
) -> Iterator[tuple[str, str, str | None]]:
    """These addresses, those of nothing first. A page closed to the role is refused before its number is looked at: it
    is asked for once with a number there is, and once with one there is not.
    """
    refused = set()
    for endpoint, path, item in sorted(pages, key=lambda page: page[2] is not None):
        asked = (endpoint, item is None)
        if item in skip or asked in refused:
            continue
        if not opens_for(endpoint, role):
            refused.add(asked)
        yield endpoint, path, item


def filled(rule: str, numbers: dict[str, int]) -> str:
    return re.sub(r"<int:(\w+)>", lambda found: str(numbers[found[1]]), rule)


def plain(text: str, path: str) -> str:
    """A page without its own address and without what changes from page to page."""
    text = re.sub(r'name="(csrf_token|press)" value="[^"]*"', "", text)
    return text.replace(path, "HERE")


def fingerprint() -> dict[str, list]:
    """Every row of every table."""
    db.session.rollback()
    tables = (table for table in Base.metadata.sorted_tables if table.name not in OWN_ROWS)
    found = {
        table.name: [tuple(map(str, row)) for row in db.session.execute(sa.select(table).order_by(*table.primary_key))]
        for table in tables
    }
    db.session.rollback()
    return found
