"""What is asked about notices: the text, the answer of the body, what the office finds, what a meeting decided."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import RadioField
from wtforms.validators import InputRequired, Optional

from tracker.handling.forms import ActingForm, named
from tracker.notices.names import FINDINGS, MEASURES
from tracker.paper.forms import ScanForm
from tracker.structure.forms import VersionedForm
from tracker.web.forms import OfficeForm, day, line
from tracker.web.forms import text as words


class DraftForm(VersionedForm):
    text = words(
        _l("Text of the notice"),
        most=8000,
        rows=12,
        hint=_l("The table of the items, the answer-by day and the record stand beneath it by themselves."),
    )
    answer_by_on = day(_l("To be answered by"))
    copies_to = line(_l("Copies to"), required=False, most=200)


class AnswerForm(ActingForm):
    text = words(_l("How it came so"), most=8000, rows=6, hint=_l("Why it was not done in time, and how it stands."))
    measures = words(_l("What you do now"), most=8000, rows=6)
    until_on = day(_l("By when it will be done"))
    files = MultipleFileField(
        _l("Files"), validators=[Optional()], description=_l("The stamped letter, if there is one.")
    )


class FindingForm(OfficeForm):
    finding = RadioField(_l("What you find"), choices=named(FINDINGS), validators=[InputRequired(_l("Choose one."))])
    note = words(_l("Remark"), required=False, most=4000, rows=3, hint=_l("If you ask again: what is still missing."))


class WithdrawalForm(OfficeForm):
    reason = words(_l("Why it is withdrawn"), most=1000, rows=2)


class PaperAnswerForm(ScanForm):
    on = day(_l("Day of the answer"))
    name = line(_l("Who signed"), most=60)
    text = words(_l("How it came so"), most=8000, rows=4)
    measures = words(_l("What the body does now"), most=8000, rows=4)
    until_on = day(_l("By when it will be done"))


class MeetingForm(OfficeForm):
    on = day(_l("Day of the decision"))
    meeting = line(_l("Meeting that decided it"), most=120, hint=_l("e.g. the 31st meeting of the chairpersons"))
    measure = RadioField(_l("What it decided"), choices=named(MEASURES), validators=[InputRequired(_l("Choose one."))])
    until_on = day(_l("To be done by"), required=False, hint=_l("A correction needs a day."))
    note = words(
        _l("Reason or topic"), required=False, most=2000, rows=3, hint=_l("The bodies read it in the letter they get.")
    )
