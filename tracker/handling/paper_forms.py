"""What is asked when a signed record or a stamped letter comes back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from tracker.handling.forms import named
from tracker.handling.models import Manner
from tracker.handling.names import MANNERS
from tracker.paper.forms import ScanForm
from tracker.web.forms import day, line, text


class SignedContactForm(ScanForm):
    """What stands on the record, in the order of the paper."""

    on = day(_l("Day"))
    manner = RadioField(_l("How"), choices=named(MANNERS), validators=[InputRequired(_l("Choose one."))])
    person = line(_l("With whom"), most=120)
    place = line(_l("Where"), required=False, most=120)
    note = text(_l("What was said"), required=False, most=4000, rows=4)

    def manner_chosen(self) -> Manner:
        return Manner(self.manner.data)


class StampedForm(ScanForm):
    received_on = day(_l("Received by the office on"))
    original = BooleanField(_l("The paper original was handed in"))
