"""What is asked before the hand-over meeting: of the office, of the proposed bodies, and of whoever settles."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange

from tracker.dispatch.rules import MOST_DAYS
from tracker.people.acting import ActingForm
from tracker.web.forms import OfficeForm, text

DAYS = 3


class CirculationForm(OfficeForm):
    days = IntegerField(
        _l("Working days to answer"),
        [InputRequired(), NumberRange(1, MOST_DAYS)],
        default=DAYS,
        description=_l("Silence counts as agreed."),
    )
    chosen = SelectMultipleField(_l("Suggestions"), coerce=int)


class AgreementForm(ActingForm):
    chosen = SelectMultipleField(_l("Suggestions"), coerce=int)


class ObjectionForm(ActingForm):
    reason = text(_l("Reason"), most=1000, rows=4)
    wished_id = SelectField(_l("Whose it is instead"), coerce=int)


class SettlingForm(OfficeForm):
    decision = RadioField(
        _l("Decision"),
        choices=[("other", _l("Name another body")), ("keep", _l("Keep the body"))],
        validators=[InputRequired(_l("Choose one."))],
    )
    to_id = SelectField(_l("It goes to"), coerce=int)
    note = text(_l("Reason of the decision"), required=False, most=1000, rows=3, hint=_l("The body is told this."))
