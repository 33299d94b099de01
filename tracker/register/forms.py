"""What the register is asked, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from tracker.deadlines.names import LIGHTS
from tracker.deadlines.rules import Light
from tracker.intake.names import usual_categories
from tracker.register import further
from tracker.register.asked import LONGEST_QUESTION, OVERDUE, WEEK, Asked
from tracker.register.further import any_of
from tracker.register.names import BRANCHES, category_name
from tracker.structure.models import Branch
from tracker.suggestion.journey import NAMES, Stage
from tracker.web.choices import Choices, kept
from tracker.web.forms import trimmed
from tracker.web.languages import spoken_now

SORTS = {
    "newest": _l("Newest first"),
    "due": _l("Most urgent first"),
    "number": _l("By number"),
    "stage": _l("By stage"),
}
DUES = {OVERDUE: _l("all overdue"), WEEK: _l("due within a week")}
LABELS = {
    "q": _l("Number, name or words"),
    "meeting": _l("Meeting"),
    "stage": _l("Stage"),
    "light": _l("Light"),
    "branch": _l("Branch"),
    "body": _l("Body"),
    "category": _l("Category"),
    **further.LABELS,
    "key": _l("Key items only"),
    "again": _l("Handled again only"),
}
TEXTS, TICKS, NOT_TICKED = ("q", "deputy", "since", "until"), ("key", "again"), ("false", "")
SHOWN = tuple(stage for stage in Stage if stage is not Stage.DRAFT)
Named = tuple[int, str, str | None]


class FilterForm:
    """The filters of an address, which can be kept and shared; what is not a choice asks for nothing.

    Sent with GET and never wrong: there is nothing to validate, so it is no form of the usual kind.
    """

    def __init__(self, asked: Mapping[str, str], choices: Mapping[str, Choices]) -> None:
        self.choices = choices
        self.texts: dict[str, str] = {name: trimmed(asked.get(name, "")) for name in TEXTS}
        self.ticked = {name: asked.get(name, "") not in NOT_TICKED for name in TICKS}
        given = {name: asked.get(name, "newest" if name == "sort" else "") for name in choices}
        self.chosen = {name: value if value in choices[name].values else "" for name, value in given.items()}

    @classmethod
    def of(
        cls, asked: Mapping[str, str], meetings: Iterable[Any], bodies: Iterable[Any], delegations: Iterable[Any] = ()
    ) -> FilterForm:
        """The filters of an address, with what may be chosen of one congress: rows, or id and two names of each."""
        return cls(
            asked,
            {
                "meeting": _named("meetings", meetings),
                "stage": kept("stages", (), lambda: any_of((str(one), _(NAMES[one])) for one in SHOWN)),
                "light": kept("lights", (), lambda: any_of([*DUES.items(), *_lights()])),
                "branch": kept("branches", (), lambda: any_of((str(one), _(BRANCHES[one])) for one in Branch)),
                "body": _named("bodies", bodies),
                "category": _categories(asked.get("category", "")),
                "delegation": _named("delegations", delegations),
                "sort": kept("sorts", (), SORTS.items),
                **further.choices(),
            },
        )

    def options(self, name: str) -> Markup:
        """The options of a select, with the chosen one marked."""
        return self.choices[name].options(self.chosen[name])

    def asked(self) -> Asked:
        """What is asked for; a value that is no choice counts as none."""
        chosen, light = self.chosen, self.chosen["light"]
        return Asked(
            q=self.texts["q"][:LONGEST_QUESTION],
            meeting_id=int(chosen["meeting"]) if chosen["meeting"] else None,
            stage=Stage(chosen["stage"]) if chosen["stage"] else None,
            light=Light(light) if light and light not in DUES else None,
            due=light if light in DUES else "",
            branch=Branch(chosen["branch"]) if chosen["branch"] else None,
            body_id=int(chosen["body"]) if chosen["body"] else None,
            category=chosen["category"],
            key=self.ticked["key"],
            again=self.ticked["again"],
            sort=chosen["sort"] or "newest",
            **further.asked(chosen, self.texts),
        )


def in_words(form: FilterForm) -> list[tuple[str, str]]:
    """The filters that narrow the list, each with what is chosen, in the reader's words."""
    chosen = {name: dict(of.pairs)[form.chosen[name]] for name, of in form.choices.items() if form.chosen[name]}
    ticked = {name: _("yes") for name, is_ticked in form.ticked.items() if is_ticked}
    said = {**{name: text for name, text in form.texts.items() if text}, **chosen, **ticked}
    return [(str(label), str(said[name])) for name, label in LABELS.items() if name in said]


def _named(what: str, rows: Iterable[Any]) -> Choices:
    """Choices by id and name, made anew when a row was added, renamed or taken away."""
    plain: list[Named] = [one if isinstance(one, tuple) else (one.id, one.name, one.name_en) for one in rows]
    return kept(what, plain, lambda: any_of(_pairs(plain)))


def _pairs(rows: Iterable[Named]) -> Iterable[tuple[str, str]]:
    in_english = spoken_now() == "en"
    return ((str(number), (in_english and name_en) or name) for number, name, name_en in rows)


def _lights() -> Iterable[tuple[str, str]]:
    return ((str(one), _(LIGHTS[one])) for one in reversed(Light))


def _categories(own: str) -> Choices:
    """The usual ones, and one that an address names (a ledger may have brought its own)."""
    usual = usual_categories()
    if own and own not in usual:
        return Choices(any_of((one, category_name(one)) for one in [*usual, own]))
    return kept("categories", (), lambda: any_of((one, category_name(one)) for one in usual))
