"""What is asked when a body is chased by hand, and when a case is marked as pending."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from tracker.handling.forms import named
from tracker.handling.names import MANNERS
from tracker.web.forms import OfficeForm, day, line, text


class ChaseForm(OfficeForm):
    on = day(_l("Day"))
    manner = RadioField(_l("How"), choices=named(MANNERS), validators=[InputRequired(_l("Choose one."))])
    whom = line(_l("Whom you reached"), most=120, hint=_l("Name and post."))
    said = text(_l("What was said"), most=4000, rows=4)
    promised = text(_l("What was promised"), required=False, most=2000, rows=2)
    promised_on = day(_l("Promised until"), required=False, hint=_l("It moves no last day."))


class PendingForm(OfficeForm):
    reason = text(_l("Reason"), most=2000, rows=3)
