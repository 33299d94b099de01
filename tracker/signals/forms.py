"""What is asked when a signal is answered or dismissed, and when a kind is arranged."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from tracker.people.acting import ActingForm
from tracker.signals.kind import SignalKind
from tracker.signals.names import UNITS
from tracker.signals.rules import LONGEST_ANSWER, LONGEST_REASON
from tracker.web.forms import OfficeForm, line, text

NUMBER = "number_"


class AnswerForm(ActingForm):
    """In the body's own words; the office says whose paper it enters."""

    answer = text(_l("What the body says to it"), most=LONGEST_ANSWER, rows=5)
    whose = line(_l("Whose paper it is"), most=60, hint=_l("Who signed it for the body."))

    def __init__(self, *, on_behalf: bool, **more: Any) -> None:
        super().__init__(**more)
        if not on_behalf:
            del self.whose


class DismissForm(OfficeForm):
    reason = text(_l("Why it hints at nothing here"), most=LONGEST_REASON, rows=3)


class ChoiceForm(OfficeForm):
    """Whether a kind is looked for; its thresholds follow (`choice_form`)."""

    is_on = BooleanField(_l("Look for it"))


def choice_form(kind: SignalKind) -> type[ChoiceForm]:
    """The form of one kind, with a field for each of its thresholds."""
    fields = {f"{NUMBER}{place}": _number(one) for place, one in enumerate(kind.thresholds)}
    return type("ChoiceFormOfKind", (ChoiceForm,), fields)


def numbers_of(form: ChoiceForm, kind: SignalKind) -> dict[str, int]:
    """The thresholds that were typed, by their names; what is no number is left out."""
    typed = {one.name: form[f"{NUMBER}{place}"].data for place, one in enumerate(kind.thresholds)}
    return {name: value for name, value in typed.items() if value is not None}


def _number(one: Any) -> Any:
    words = {"unit": _(UNITS[one.unit]), "least": one.least, "most": one.most, "usual": one.usual}
    hint = _("From %(least)s to %(most)s; usual are %(usual)s.", **words)
    needed = InputRequired(_("Please fill in: %(what)s.", what=words["unit"]))
    limits = NumberRange(one.least, one.most, _("A number between %(least)s and %(most)s is needed.", **words))
    return IntegerField(words["unit"], [needed, limits], description=hint)
