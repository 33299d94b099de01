"""What is asked of whoever releases replies, and records how each deputy was reached."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.handling.forms import named
from tracker.handling.models import Way
from tracker.handling.names import REACHED
from tracker.web.forms import OfficeForm, day, line, text


class ReachedForm(OfficeForm):
    """Whom the reply reached, how, and on which day."""

    deputies = SelectMultipleField(
        _l("Whom it reached"),
        coerce=int,
        validators=[InputRequired(_l("Tick at least one deputy."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    way = SelectField(_l("How it reaches the deputies"), choices=named(REACHED), default=str(Way.PAPER))
    on = day(_l("Day"))
    note = line(
        _l("Remark"), required=False, most=300, hint=_l("For instance who took it, or the number of the parcel.")
    )


class LostForm(OfficeForm):
    why = text(_l("What happened to the letter"), most=300, rows=2)


class RelayForm(OfficeForm):
    """The lead deputy confirms by pressing; there is nothing to fill in."""
