"""What is asked of whoever writes a ladder: up to six steps, each with its day, whom it tells and what it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, FormField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.deadlines import ladder_text
from tracker.deadlines.clauses import Form as Rung
from tracker.deadlines.clauses import Kind, Rules, Step
from tracker.deadlines.ladders import EARLIEST, FORM_NAMES, LATEST, MOST_RUNGS, WORDS, alike, branches_of
from tracker.deadlines.names import kind_name
from tracker.errors import N_, RuleBroken
from tracker.web.forms import OfficeForm, day

WHOM = ("first", "second", "third")


class RungForm(Form):
    """One step; without a day there is none."""

    offset = IntegerField(_l("Working days"), [Optional(), NumberRange(EARLIEST, LATEST)])
    first = SelectField(_l("Tells"), choices=lambda: _words())
    second = SelectField(_l("and"), choices=lambda: _words())
    third = SelectField(_l("and"), choices=lambda: _words())
    produces = SelectField(_l("Form"), choices=lambda: [(str(one), _(name)) for one, name in FORM_NAMES.items()])
    dissatisfied_twice = BooleanField(_l("at once if dissatisfied as often as the lights say"))


RungsForm = type("RungsForm", (Form,), {f"step{number}": FormField(RungForm) for number in range(MOST_RUNGS)})


def _ticks(label: Any) -> Any:
    return SelectMultipleField(label, coerce=str, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())


class LadderForm(OfficeForm):
    effective_from = day(_l("In force from"), hint=_l("What was handed over before keeps the rules it was given."))
    kinds = _ticks(_l("Clocks"))
    branches = _ticks(_l("Whose clocks"))
    rungs: Any = FormField(RungsForm)

    @classmethod
    def of(cls, rules: Rules, kind: Kind, branch: str, on: date) -> LadderForm:
        """Filled with the ladder that stands, ticked for all that climb by it."""
        kinds, branches = alike(rules, kind, branch)
        rungs = {f"step{one.step}": _data(one) for one in rules.ladder(kind, branch)}
        ticked = {"kinds": [str(one) for one in kinds], "branches": list(branches)}
        form = cls(data={"effective_from": on, **ticked, "rungs": rungs})
        may = [one for one in Kind if branch in branches_of(one)]
        form.kinds.choices = [(str(one), kind_name(one)) for one in may]
        form.branches.choices = [(one, ladder_text.whose(kind, one)) for one in branches_of(kind)]
        return form

    def steps(self) -> list[Step]:
        """:raises RuleBroken: a step tells somebody and has no day."""
        return [step for number in range(MOST_RUNGS) for step in _read(number, self.rungs[f"step{number}"])]

    def chosen(self) -> list[Kind]:
        return [Kind(one) for one in self.kinds.data or ()]


def _data(step: Step) -> dict[str, Any]:
    whom = dict(zip(WHOM, (*step.to, *[""] * len(WHOM)), strict=False))
    return {"offset": step.offset, "produces": str(step.form), "dissatisfied_twice": step.dissatisfied_twice, **whom}


def _read(number: int, part: Any) -> Iterable[Step]:
    to = tuple(dict.fromkeys(part[name].data for name in WHOM if part[name].data))
    if part.offset.data is not None:
        yield Step(number, part.offset.data, to, Rung(part.produces.data), bool(part.dissatisfied_twice.data))
    elif to:
        raise RuleBroken(N_("Step %(number)s has no day."), number=number)


def _words() -> list[tuple[str, str]]:
    return [("", "—"), *((word, _(name)) for word, name in WORDS.items())]
