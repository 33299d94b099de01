"""What is asked about a promise."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from tracker.feedback.names import VERDICTS
from tracker.followup.models import Fate
from tracker.followup.names import FATES
from tracker.followup.rules import MONTHS
from tracker.handling.forms import ActingForm, named, pairs
from tracker.web.forms import OfficeForm, day, line, text


class ReportForm(ActingForm):
    fate = RadioField(_l("What became of it"), validators=[InputRequired(_l("Choose one."))])
    note = text(
        _l("What was done, or why not"), most=4000, rows=5, hint=_l("With what shows it: place, day, document, amount.")
    )
    new_due_on = day(_l("New date"), required=False)
    evidence = MultipleFileField(_l("Pictures and files that show it"), validators=[Optional()])

    def __init__(self, fates: Iterable[Fate]) -> None:
        super().__init__()
        offered = list(fates)
        self.fate.choices = pairs({fate: FATES[fate] for fate in offered})
        if Fate.MOVED not in offered:
            del self.new_due_on


class JudgementForm(OfficeForm):
    """Whether it is so; nothing is preset. How satisfied he is, is asked after the yearly question only."""

    agrees = RadioField(
        _l("Is it so?"),
        choices=[("yes", _l("Yes, it is so")), ("no", _l("No, it is not so"))],
        validators=[InputRequired(_l("Choose one."))],
    )
    result = RadioField(
        _l("How satisfied are you with how the promise is kept"),
        choices=named(VERDICTS),
        validators=[InputRequired(_l("Choose one."))],
    )
    comment = text(
        _l("In your words"), required=False, most=4000, rows=4, hint=_l("Needed if it is not so: what is missing?")
    )
    on = day(_l("Day of the signature"))

    def __init__(self, *, is_yearly: bool, is_paper: bool) -> None:
        super().__init__()
        if not is_yearly:
            del self.result
        if not is_paper:
            del self.on


class DecisionForm(OfficeForm):
    kept = RadioField(
        _l("Your decision"),
        choices=[("no", _l("The body has to do it")), ("yes", _l("It counts as kept all the same"))],
        validators=[InputRequired(_l("Choose one."))],
    )
    note = text(_l("Reason"), most=2000, rows=4, hint=_l("The body and the deputy read it."))


class PromiseForm(ActingForm):
    """A promise that a reply lacks."""

    what = text(_l("What is promised"), most=500, rows=3)
    owner = line(_l("Who sees to it"), most=120)
    due_on = day(_l("By when"))


class MonthForm(OfficeForm):
    month = SelectField(
        _l("Bodies are asked from this month on"),
        coerce=int,
        choices=[(one, str(one)) for one in MONTHS],
        description=_l("Once a year, about every promise still to be kept."),
    )
