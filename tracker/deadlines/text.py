"""The reckoning of a deadline in sentences, in the reader's language; pages and letters print the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.deadlines.clauses import Unit
from tracker.deadlines.names import (
    REASONS,
    amount_text,
    article_text,
    clause_notes,
    clause_text,
    event_name,
    holiday_name,
    kind_name,
    light_name,
)
from tracker.web.languages import gettext as _
from tracker.web.languages import ngettext

__all__ = [
    "Reckoning",
    "amount_text",
    "article_text",
    "clause_notes",
    "clause_text",
    "event_name",
    "holiday_name",
    "kind_name",
    "light_name",
    "sentences",
]


@dataclass(frozen=True)
class Reckoning:
    """How a last day was made, kept as records and told in the language of whoever reads it."""

    due_on: date
    steps: list[dict[str, Any]]

    def told(self) -> list[str]:
        return sentences(self.steps)


def clock_words(deadline: Any) -> str:
    """A clock by its name, with its last day and, where it was moved, the first one."""
    facts = {"clock": kind_name(deadline.kind), "day": deadline.due_on.isoformat()}
    if deadline.due_on == deadline.original_due_on:
        return _("%(clock)s: last day %(day)s", **facts)
    return _("%(clock)s: last day %(day)s, first %(first)s", **facts, first=deadline.original_due_on.isoformat())


def sentences(steps: Iterable[dict[str, Any]]) -> list[str]:
    """How a last day was made, one sentence a step."""
    return [TOLD[step["kind"]](step["values"]) for step in steps]


def _start(values: dict[str, Any]) -> str:
    return _("The clock starts on %(on)s: %(event)s.", on=values["on"], event=event_name(values["event"]))


def _counted_instead(values: dict[str, Any]) -> str:
    return _("The rules count from: %(event)s; here there is none.", event=event_name(values["event"]))


def _deemed(values: dict[str, Any]) -> str:
    return _("Nobody signed for it: the body is deemed to have received it on %(on)s.", on=values["on"])


def _clause(values: dict[str, Any]) -> str:
    facts = {"kind": kind_name(values["clock"]), "amount": amount_text(values["amount"], values["unit"])}
    if values["ours"]:
        return _("The time for %(kind)s is %(amount)s; the rules are silent, this is our own.", **facts)
    return _("The time for %(kind)s is %(amount)s (%(article)s).", article=article_text(values["article"]), **facts)


def _first_day(values: dict[str, Any]) -> str:
    return _("The first day, %(on)s, is not counted (Civil Code, articles 200 to 204, by analogy).", on=values["on"])


def _corresponding(values: dict[str, Any]) -> str:
    return _("The period ends on the corresponding day, %(on)s.", on=values["on"])


def _last_of_month(values: dict[str, Any]) -> str:
    return _("That month has no day %(day)s: the period ends on its last day, %(on)s.", **values)


def _calendar_days(values: dict[str, Any]) -> str:
    days = amount_text(values["amount"], Unit.DAYS)
    return _("%(days)s later, weekends and holidays counted, is %(on)s.", days=days, on=values["on"])


def _working_days(values: dict[str, Any]) -> str:
    days = amount_text(values["amount"], Unit.WORKING_DAYS)
    return _("%(days)s later is %(on)s.", days=days, on=values["on"])


def _skipped(values: dict[str, Any]) -> str:
    weekend = values["weekend_days"]
    weekends = ngettext("%(num)d weekend day", "%(num)d weekend days", weekend)
    if not values["days"]:
        return _("Not counted: %(weekends)s.", weekends=weekends)
    days = _listed(values["days"])
    if not weekend:
        return _("Not counted: %(days)s.", days=days)
    return _("Not counted: %(days)s and %(weekends)s.", days=days, weekends=weekends)


def _make_up(values: dict[str, Any]) -> str:
    return _("Counted although on a weekend, as make-up working days: %(days)s.", days=_listed(values["days"]))


def _rolled(values: dict[str, Any]) -> str:
    names = _and(holiday_name(name) for name in values["names"]) or _("weekend")
    return _(
        "%(from_on)s is not a working day (%(names)s): the last day moves to %(to_on)s.",
        from_on=values["from_on"],
        to_on=values["to_on"],
        names=names,
    )


def _stays(values: dict[str, Any]) -> str:
    return _("%(on)s is on a weekend but a make-up working day: it stays.", on=values["on"])


def _not_rolled(values: dict[str, Any]) -> str:
    return _("%(on)s is not a working day; under these rules it stays.", on=values["on"])


def _fixed_first(values: dict[str, Any]) -> str:
    return _("The common last day %(fixed_on)s is earlier than %(rule_on)s and holds.", **values)


def _rule_first(values: dict[str, Any]) -> str:
    return _("The common last day %(fixed_on)s is not earlier: %(rule_on)s holds.", **values)


def _named(values: dict[str, Any]) -> str:
    return _("The day named is %(on)s.", on=values["on"])


def _provisional(values: dict[str, Any]) -> str:
    years = _and(str(year) for year in values["years"])
    return _("Provisional: the holidays of %(years)s are not loaded yet.", years=years)


def _moved(values: dict[str, Any]) -> str:
    kind, given = str(values["reason"].get("kind", "")), values["reason"].get("values") or {}
    reason = _(REASONS.get(kind, REASONS["override"]))
    if given.get("reason"):
        reason = _("%(what)s (%(why)s)", what=reason, why=given["reason"])
    days = {name: values[name] for name in ("on", "from_on", "to_on")}
    return _("On %(on)s the last day was moved from %(from_on)s to %(to_on)s: %(reason)s.", reason=reason, **days)


def _set_by_hand(values: dict[str, Any]) -> str:
    return _("On %(on)s %(by)s set the last day from %(from_on)s to %(to_on)s by hand (%(reason)s).", **values)


def _capped(values: dict[str, Any]) -> str:
    days = {name: values[name] for name in ("asked_on", "latest_on")}
    if "amount" not in values:
        return _("%(asked_on)s was asked; the rules allow %(latest_on)s at the latest.", **days)
    return _(
        "%(asked_on)s was asked; the rules allow %(amount)s in all (%(source)s), %(latest_on)s at the latest.",
        amount=amount_text(values["amount"], values["unit"]),
        source=_("our own") if values["ours"] else article_text(values["article"]),
        **days,
    )


def _reopened(values: dict[str, Any]) -> str:
    return _(
        "Met on %(met_on)s, sent back on %(on)s: the same last day holds.", on=values["on"], met_on=values["met_on"]
    )


def _listed(days: list[dict[str, str]]) -> str:
    """Days with the holiday they belong to, each holiday named once: 2026-02-15, 2026-02-16 (Spring Festival)."""
    by_name: dict[str, list[str]] = {}
    for day in days:
        by_name.setdefault(day["name"], []).append(day["on"])
    parts = [
        _("%(days)s (%(name)s)", days=_and(on), name=holiday_name(name)) if name else _and(on)
        for name, on in by_name.items()
    ]
    return _and(parts)


def _and(parts: Iterable[str]) -> str:
    """One after the other, with the comma of the language."""
    found = list(parts)
    return _("%(these)s, %(last)s", these=_and(found[:-1]), last=found[-1]) if len(found) > 1 else "".join(found)


TOLD: dict[str, Callable[[dict[str, Any]], str]] = {
    "start": _start,
    "counted_instead": _counted_instead,
    "deemed_received": _deemed,
    "clause": _clause,
    "first_day_not_counted": _first_day,
    "corresponding_day": _corresponding,
    "last_day_of_month": _last_of_month,
    "calendar_days_counted": _calendar_days,
    "working_days_counted": _working_days,
    "skipped": _skipped,
    "make_up_days": _make_up,
    "rolled": _rolled,
    "stays_on_make_up_day": _stays,
    "not_rolled": _not_rolled,
    "fixed_day_first": _fixed_first,
    "rule_day_first": _rule_first,
    "named_day": _named,
    "provisional": _provisional,
    "moved": _moved,
    "set_by_hand": _set_by_hand,
    "capped": _capped,
    "reopened": _reopened,
}
