"""What is asked of whoever says something."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from tracker.handling.forms import pairs
from tracker.people.acting import ActingForm
from tracker.remarks.names import AUDIENCES
from tracker.remarks.rules import Audience
from tracker.web.forms import OfficeForm, line, text

OFFICE = "office"


class RemarkForm(ActingForm):
    text = text(_l("Your remark"), most=4000, rows=3)
    audience = RadioField(_l("Who may read it"), validators=[InputRequired(_l("Choose one."))])
    to = SelectField(
        _l("Addressed to"), default="", description=_l("It then waits on their desk; no mail is sent."), coerce=str
    )

    def __init__(self, offered: Iterable[Audience], bodies: Iterable[tuple[int, str]], *, is_office: bool) -> None:
        super().__init__()
        self.audience.choices = pairs({one: AUDIENCES[one] for one in offered})
        office = [] if is_office else [(OFFICE, _l("the office"))]
        self.to.choices = [("", _l("nobody in particular")), *office, *((str(id), name) for id, name in bodies)]


class TakeBackForm(OfficeForm):
    reason = line(_l("Why it is taken back"), most=300)
