"""What a deputy is asked about a reply, and what the office enters from his signed paper."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from tracker.feedback.names import VERDICTS
from tracker.handling.forms import named
from tracker.paper.forms import ScanForm
from tracker.web.forms import OfficeForm, day, text


class RatingForm(OfficeForm):
    """Attitude and result apart; nothing is preset, so silence never counts as satisfaction."""

    attitude = RadioField(
        _l("Attitude: how you were treated"),
        choices=named(VERDICTS),
        validators=[InputRequired(_l("Rate the attitude."))],
    )
    result = RadioField(
        _l("Result: what came of it"), choices=named(VERDICTS), validators=[InputRequired(_l("Rate the result."))]
    )
    comment = text(
        _l("In your words"),
        required=False,
        most=4000,
        rows=5,
        hint=_l("Needed if you are dissatisfied: what is missing?"),
    )


class PaperRatingForm(RatingForm):
    """A signed paper: whose, and from which day."""

    deputy_id = SelectField(_l("Whose paper"), coerce=int)
    on = day(_l("Day of the signature"))


class SignedRatingForm(RatingForm, ScanForm):
    """The opinion form that came back signed: from which day, what is ticked and written on it, and its scan."""

    on = day(_l("Day of the signature"))


class ClosingForm(OfficeForm):
    note = text(_l("Remark"), required=False, most=1000, rows=2)
