"""What is asked about an issue and its sending."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TimeField
from wtforms.validators import InputRequired

from tracker.bulletin.models import Rhythm
from tracker.web.forms import OfficeForm, day, line, text

RHYTHMS = {Rhythm.WEEKLY: _l("every issue"), Rhythm.MONTHLY: _l("the first issue of each month")}
WORKING_DAYS = {1: _l("the first"), 2: _l("the second"), 3: _l("the third"), 4: _l("the fourth"), 5: _l("the last")}


class TimeForm(OfficeForm):
    working_day = SelectField(_l("Working day of the week"), coerce=int, choices=list(WORKING_DAYS.items()))
    at = TimeField(_l("Time"), [InputRequired(_l("Please give the time, e.g. 08:00."))])


class QuietForm(OfficeForm):
    from_week = line(_l("First week"), most=8, hint=_l("e.g. 2026-W31"))
    until_week = line(_l("Last week"), required=False, most=8, hint=_l("Empty: this one week."))
    reason = line(_l("Reason"), most=300, hint=_l("The next issue tells its readers."))


class HoldForm(OfficeForm):
    reason = line(_l("Reason"), most=300)


class RhythmForm(OfficeForm):
    rhythm = RadioField(
        _l("Reads"), choices=[(str(one), name) for one, name in RHYTHMS.items()], validators=[InputRequired()]
    )


class HandingForm(OfficeForm):
    to_name = line(_l("Given to"), most=60)
    given_on = day(_l("Day"))


class CorrectionForm(OfficeForm):
    text = text(
        _l("What was wrong, and what is right"),
        most=2000,
        rows=4,
        hint=_l("The issue stays as it is; this stands beside it with its day, and in the next issue."),
    )
