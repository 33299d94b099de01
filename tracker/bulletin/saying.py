"""What changed and what was done, said of a line and of a whole issue, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from tracker.bulletin import text
from tracker.bulletin.rules import HARMFUL, OF_GONE
from tracker.bulletin.signs import NEW
from tracker.bulletin.tracing import WHY
from tracker.deadlines.chosen import Aspect
from tracker.deadlines.names import ASPECTS
from tracker.errors import N_
from tracker.figures.names import KINDS
from tracker.signals.saying import evidence_of, name_of
from tracker.suggestion.inward import INSTRUCTIONS
from tracker.suggestion.journey import MOVES

LADDER = {
    "reminders": N_("Reminders sent by the ladder"),
    "chases": N_("Chases sent by the ladder"),
    "drafts": N_("Steps reached that call for a notice"),
}


def aspect_name(aspect: str) -> str:
    return _(ASPECTS[Aspect(aspect)])


def standing_text(item: Mapping[str, Any], *, is_inside: bool = True) -> list[str]:
    """For how long a line stands, with what the deputy is dissatisfied, why it is gone, and what was done about it.

    A deputy reads nothing of what bodies and offices did; of a leader's instruction only who sees all.
    """
    said = reasons(item)
    if item.get("aspects"):
        said.append(_("dissatisfied with: %(aspects)s", aspects=_and(map(aspect_name, item["aspects"]))))
    if item["section"] in OF_GONE and "why" in item:
        said.append(f"{text.section_name(item['was'])}{_(': ')}{_(WHY[item['why']])}")
    if item.get("weeks", 1) > 1 and item["section"] not in OF_GONE:
        said.append(ngettext("listed %(num)d time running", "listed %(num)d times running", item["weeks"]))
    if is_inside and item["section"] in HARMFUL and "done" in item:
        said += _done_about(item)
    return said


def reasons(item: Mapping[str, Any]) -> list[str]:
    """Which signs a line names: a new one by its name; of one of the weakest matters, why it is that."""
    names = [name_of(one["kind"]) for one in item.get("signs", ())]
    return names if item["section"] == NEW else [_("Why: %(signs)s", signs=_and(names))] if names else []


def evidence(item: Mapping[str, Any]) -> list[str]:
    """What was seen, each with its sign where several are named; of what is internal nothing."""
    signs = [] if item["internal"] else item.get("signs", ())
    if item["section"] == NEW:
        return [evidence_of(one["kind"], one["facts"]) for one in signs]
    return [
        _("%(sign)s: %(evidence)s", sign=name_of(one["kind"]), evidence=evidence_of(one["kind"], one["facts"]))
        for one in signs
    ]


def changes(figures: Mapping[str, Any]) -> list[str]:
    """What became of the last issue's list: new, still there, gone and why."""
    changed = figures["changes"]
    said = [
        _(
            "Since the last issue: %(new)s newly overdue, %(still)s still overdue; of %(gone)s no longer overdue "
            "%(answered)s answered, %(extended)s only given more time.",
            **changed,
        )
    ]
    if idle := changed.get("idle"):
        said.append(_("Of those still overdue, nobody did anything about %(count)s since the last issue.", count=idle))
    if changed.get("longest", 0) > 1:
        said.append(_("Longest: overdue in %(count)s issues running.", count=changed["longest"]))
    others = changed.get("by_section", {}).items()
    return said + [
        _change(section, one) for section, one in others if section != "overdue" and (one["new"] or one["gone"])
    ]


def _change(section: str, one: Mapping[str, Any]) -> str:
    facts = {"section": text.section_name(section), "new": one["new"], "still": one["still"]}
    gone = _and(f"{_(WHY[why])} {count}" for why, count in one["gone"].items())
    if gone:
        return _("%(section)s: %(new)s new, %(still)s still; gone: %(gone)s.", gone=gone, **facts)
    return _("%(section)s: %(new)s new, %(still)s still.", **facts)


def done(figures: Mapping[str, Any]) -> list[tuple[str, int]]:
    """What was done since the last issue: what people did, then what the ladder did by itself."""
    found = figures.get("done", {"acts": {}, "ladder": {}})
    acts = [(_(MOVES[move].label), count) for move, count in found["acts"].items() if move in MOVES]
    return acts + [(_(LADDER[kind]), found["ladder"][kind]) for kind in LADDER if kind in found["ladder"]]


def blind(figures: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What we cannot see, each kind of which there is something."""
    unseen = figures["unseen"]
    if "kinds" not in unseen:
        old = {
            "unsigned": "no_receipt",
            "clockless": "no_due_date",
            "provisional": "provisional",
            "mute": "unreachable",
        }
        return [(_(KINDS[kind]), unseen[name]) for kind, name in old.items() if unseen[name]]
    said: list[tuple[str, Any]] = [(_(KINDS[kind]), count) for kind, count in unseen["kinds"].items()]
    if unseen.get("years"):
        said.append((_("Years whose holidays are not loaded"), _and(map(str, unseen["years"]))))
    return said


def rules(figures: Mapping[str, Any]) -> list[str]:
    """The rule sets with their versions under which the clocks were counted."""
    english = str(get_locale()).startswith("en")
    return [_rule_set(one, (english and one["title_en"]) or one["title"]) for one in figures.get("rules", [])]


def _rule_set(one: Mapping[str, Any], title: str) -> str:
    facts = {"version": one["version"], "clocks": one["clocks"]}
    return _("%(title)s, version %(version)s: %(clocks)s clocks running", title=title, **facts)


def mass(figures: Mapping[str, Any], *, is_named: bool = True) -> list[str]:
    """Many extensions of one person on one day; whose, only where names may be told."""
    said = []
    for one in figures.get("mass_extensions", []):
        facts = {"count": one["count"], "day": one["on"], "name": one["by"]}
        if is_named:
            said.append(_("%(count)s extensions were granted on one day, %(day)s, by %(name)s.", **facts))
        else:
            said.append(_("%(count)s extensions were granted on one day, %(day)s, by one person.", **facts))
    return said


def corrections(figures: Mapping[str, Any]) -> list[str]:
    """What earlier issues said wrongly."""
    return [
        _("Correction of %(on)s to no. %(number)s (%(week)s): %(text)s", **one)
        for one in figures.get("corrections", [])
    ]


def _done_about(item: Mapping[str, Any]) -> list[str]:
    acts = {move: count for move, count in item["done"].items() if move in MOVES and move not in INSTRUCTIONS}
    if acts:
        named = _and(_(MOVES[move].label) + (f" ×{count}" if count > 1 else "") for move, count in acts.items())
        return [_("since the last issue: %(acts)s", acts=named)]
    return [] if item["done"] or item.get("weeks", 1) == 1 else [_("since the last issue nobody did anything")]


def _and(words: Any) -> str:
    return ("、" if str(get_locale()).startswith("zh") else ", ").join(words)
