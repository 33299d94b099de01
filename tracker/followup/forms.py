"""What is asked about a promise."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from tracker.followup.models import Fate
from tracker.followup.names import FATES
from tracker.handling.forms import pairs
from tracker.web.forms import OfficeForm, day, text


class ReportForm(OfficeForm):
    fate = RadioField(_l("What became of it"), validators=[InputRequired(_l("Choose one."))])
    note = text(
        _l("What was done, or why not"), most=4000, rows=5, hint=_l("With what shows it: place, day, document, amount.")
    )
    new_due_on = day(_l("New date"), required=False)

    def __init__(self, fates: Iterable[Fate]) -> None:
        super().__init__()
        offered = list(fates)
        self.fate.choices = pairs({fate: FATES[fate] for fate in offered})
        if Fate.MOVED not in offered:
            del self.new_due_on
