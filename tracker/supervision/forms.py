"""What is asked about key items, inspections and instructions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.handling.forms import named
from tracker.people.acting import ActingForm
from tracker.supervision.names import INSPECTIONS
from tracker.supervision.rules import ANSWERING, OFFICE
from tracker.web.forms import OfficeForm, day, line, text


class KeyForm(OfficeForm):
    on = day(_l("Day of the decision"))
    meeting = line(_l("Meeting that decided it"), most=120, hint=_l("e.g. the 31st meeting of the chairpersons"))
    committee_id = SelectField(_l("Supervising committee"), coerce=int)
    leader = line(_l("Leader who takes it on"), required=False, most=60)
    note = text(_l("Remark"), required=False, most=2000, rows=2)

    def __init__(self, committees: Iterable[tuple[int, str]], **more: Any) -> None:
        super().__init__(**more)
        self.committee_id.choices = [(0, "—"), *committees]


class InspectionForm(OfficeForm):
    on = day(_l("Day"))
    kind = RadioField(_l("Kind"), choices=named(INSPECTIONS), validators=[InputRequired(_l("Choose one."))])
    people = line(_l("Who was there"), most=300)
    place = line(_l("Where"), required=False, most=120)
    findings = text(_l("What was found"), most=20_000, rows=6)
    papers = MultipleFileField(_l("Pictures and files"), validators=[Optional()])


class InstructionForm(OfficeForm):
    """An instruction on paper names its leader and day; by his own account both are known."""

    leader = line(_l("Leader"), most=60)
    on = day(_l("Day of the instruction"))
    text = text(_l("What is instructed"), most=4000, rows=4, hint=_l("In the leader's own words."))
    numbers = line(
        _l("Numbers of the suggestions"), required=False, most=400, hint=_l("Several are separated by blanks.")
    )
    bulletin = line(
        _l("Weekly bulletin"), required=False, most=20, hint=_l("If it was written on a bulletin, its week: 2026-W31")
    )
    to = SelectMultipleField(
        _l("To whom"), coerce=str, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    due_on = day(_l("To be done by"), required=False)

    def __init__(self, bodies: Iterable[tuple[int, str]], *, by_leader: bool, **more: Any) -> None:
        super().__init__(**more)
        fixed = [(ANSWERING, _l("The bodies that answer")), (OFFICE, _l("Our office"))]
        self.to.choices = [*fixed, *((str(id), name) for id, name in bodies)]
        if by_leader:
            del self.leader
            del self.on


class AnswerForm(ActingForm):
    answer = text(_l("What was done"), most=4000, rows=5)
