"""What is asked of whoever writes rules: a version of a rule set, clock by clock, and the days of a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.deadlines.chosen import NEEDED_RATES, Precheck, Rehandling, ReplyTo, Signer, rates
from tracker.deadlines.clauses import Kind, Rules, Start, Thresholds, Unit
from tracker.deadlines.names import (
    ASPECTS,
    PRECHECKS,
    REHANDLINGS,
    REPLY_TO,
    ROLL_OVERS,
    RULE_LEVELS,
    SIGNERS,
    UNITS,
    event_name,
    kind_name,
)
from tracker.deadlines.writing import ADDRESSEES, CHOICES, LONGEST, STARTS, TICKS, WORDS, Said, SaidClause
from tracker.deadlines.writing import UNITS as WRITTEN_UNITS
from tracker.web.forms import OfficeForm, day, line, text
from tracker.workdays.actions import LONGEST_SOURCE
from tracker.workdays.rules import RollOver


class ClauseForm(Form):
    """One clock; no number means that the rules set none."""

    amount = IntegerField(_l("How long"), [Optional(), NumberRange(1, max(LONGEST.values()))])
    unit = SelectField(_l("Unit"), choices=lambda: _units())
    start = SelectField(_l("Counted from"))
    article = StringField(_l("Article"), [Optional(), Length(max=40)])


class HandOverForm(ClauseForm):
    acceptance_notice = BooleanField(_l("meanwhile the deputy is told that it was accepted"))


class ReturnForm(ClauseForm):
    consent = BooleanField(_l("goes back only if the office or the hub agrees"))
    to_office = BooleanField(_l("addressed to our office"))
    to_hub = BooleanField(_l("addressed to the hub"))


class OpinionForm(ClauseForm):
    """The lead may ask again for an opinion without substance, in a time of its own."""

    again_amount = IntegerField(_l("Asked again: how long"), [Optional(), NumberRange(1, max(LONGEST.values()))])
    again_unit = SelectField(_l("Asked again: unit"), choices=lambda: _units())
    again_article = StringField(_l("Asked again: article"), [Optional(), Length(max=40)])


class ExtendedForm(ClauseForm):
    consent = BooleanField(_l("the office or the hub must agree"))
    tell_deputy = BooleanField(_l("the deputy is told"))
    wide_or_difficult = BooleanField(_l("only if it is wide-ranging or difficult"))


class LightsForm(Form):
    """Working days left, or over, at which a light changes."""

    yellow = IntegerField(_l("Yellow: working days left"), [InputRequired(), NumberRange(1, 200)])
    orange = IntegerField(_l("Orange: working days left"), [InputRequired(), NumberRange(0, 200)])
    purple = IntegerField(_l("Purple: more than so many working days over"), [InputRequired(), NumberRange(0, 200)])
    dissatisfied = IntegerField(_l("Purple: dissatisfied so many times"), [InputRequired(), NumberRange(1, 9)])


FORMS: dict[Kind, type[ClauseForm]] = {
    Kind.HAND_OVER: HandOverForm,
    Kind.RETURN: ReturnForm,
    Kind.CO_OPINION: OpinionForm,
    Kind.REPLY_EXTENDED: ExtendedForm,
}
ClausesForm = type("ClausesForm", (Form,), {str(kind): FormField(FORMS.get(kind, ClauseForm)) for kind in STARTS})


class RuleSetForm(OfficeForm):
    title_zh = line(_l("Title in Chinese"))
    title_en = line(_l("Title in English"))
    organ_zh = line(_l("Organ in Chinese"), most=120)
    organ_en = line(_l("Organ in English"), most=160)
    source = line(_l("Source"), most=400, hint=_l("Where the text of the rules can be read."))
    effective_from = day(_l("In force from"), hint=_l("What was handed over before keeps the rules it was given."))
    level = SelectField(_l("Level"), choices=lambda: _words(RULE_LEVELS))
    roll_over = SelectField(_l("A last day that is no working day"), choices=lambda: _words(ROLL_OVERS))
    reply_to = SelectField(_l("The reply goes to"), choices=lambda: _words(REPLY_TO))
    signer = SelectField(_l("Signed by"), choices=lambda: _words(SIGNERS))
    precheck = SelectField(_l("Read before the deputy by"), choices=lambda: _words(PRECHECKS))
    rehandling = SelectField(_l("A dissatisfied rating"), choices=lambda: _words(REHANDLINGS))
    rates = SelectMultipleField(
        _l("Rated besides attitude and result"),
        choices=lambda: [one for one in _words(ASPECTS) if one[0] not in NEEDED_RATES],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    lights = FormField(LightsForm)
    clauses: Any = FormField(ClausesForm)
    example_on = day(_l("Example: everything begins on"), required=False)

    @classmethod
    def of(cls, rules: Rules, **more: Any) -> RuleSetForm:
        """Filled with a version that stands; what was sent wins over it."""
        clauses = {str(kind): _clause_data(rules, kind) for kind in STARTS}
        facts = {name: getattr(rules, name) for name in (*WORDS, *CHOICES)}
        form = cls(data={**facts, "lights": asdict(rules.lights), "rates": rules.rates, "clauses": clauses, **more})
        for kind, starts in STARTS.items():
            part = form.clauses[str(kind)]
            part.label.text = kind_name(kind)
            part.start.choices = [(str(start), event_name(start)) for start in starts]
        return form

    def said(self) -> Said:
        """What was filled in; only of a form that validates."""
        return Said(
            **{name: self[name].data for name in WORDS},
            effective_from=self.effective_from.data,
            level=self.level.data,
            roll_over=RollOver(self.roll_over.data),
            reply_to=ReplyTo(self.reply_to.data),
            signer=Signer(self.signer.data),
            precheck=Precheck(self.precheck.data),
            rehandling=Rehandling(self.rehandling.data),
            rates=rates((*NEEDED_RATES, *(self.rates.data or ()))),
            lights=Thresholds(**{one.short_name: one.data for one in self.lights.form}),
            clauses={
                kind: _said(kind, self.clauses[str(kind)]) for kind in STARTS if self.clauses[str(kind)].amount.data
            },
        )


class CopyForm(RuleSetForm):
    """A rule set of one's own, begun from another."""

    name = line(_l("Short name"), most=60, hint=_l("Small letters, digits and hyphens, such as yunting-2026."))


class YearForm(OfficeForm):
    """The days of one year, a line each; or a file with the same."""

    moved = 0  # how many clocks were recounted, once it is done

    seen = HiddenField()
    opened = HiddenField()  # which days stood when the page was opened
    source = line(
        _l("Source"),
        most=LONGEST_SOURCE,
        hint=_l("For instance the notice of the State Council's office and its number."),
    )
    days = text(
        _l("Special days"),
        required=False,
        rows=16,
        hint=_l("A line each: the day, “off” or “worked”, the name. Example: 2027-02-06 off Spring Festival"),
    )
    file = FileField(_l("Or a file (.csv with the columns day, working, name)"))
    local = BooleanField(_l("Only for our congress, over the national days"))


def _clause_data(rules: Rules, kind: Kind) -> dict[str, Any]:
    clause, silent = rules.clause(kind), {"again_unit": str(Unit.WORKING_DAYS)}
    if clause is None:
        return {"amount": None, "unit": str(Unit.WORKING_DAYS), "start": str(STARTS[kind][0]), **silent}
    data = silent | {
        name: getattr(clause, name) for name in ("amount", "unit", "start", "article", *TICKS.get(kind, ()))
    }
    data |= {f"to_{one}": one in clause.to for one in ADDRESSEES}
    if clause.again:
        data |= {f"again_{name}": getattr(clause.again, name) for name in ("amount", "unit", "article")}
    return data


def _said(kind: Kind, part: Any) -> SaidClause:
    again = None
    if "again_amount" in part.form and part.again_amount.data:
        unit, article = Unit(part.again_unit.data), (part.again_article.data or "").strip()
        again = SaidClause(part.again_amount.data, unit, Start.BOUNCED, article)
    return SaidClause(
        amount=part.amount.data,
        unit=Unit(part.unit.data),
        start=Start(part.start.data),
        article=(part.article.data or "").strip(),
        ticks=frozenset(name for name in TICKS.get(kind, ()) if part[name].data),
        to=tuple(one for one in ADDRESSEES if f"to_{one}" in part.form and part[f"to_{one}"].data),
        again=again,
    )


def _units() -> list[tuple[str, str]]:
    return [(str(unit), _(UNITS[unit])) for unit in WRITTEN_UNITS]


def _words(names: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(str(word), _(name)) for word, name in names.items()]
