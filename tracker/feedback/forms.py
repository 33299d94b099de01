"""What a deputy is asked about a reply, what the office enters from his signed paper, and what it found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from tracker.deadlines.chosen import Aspect
from tracker.feedback.models import COLUMNS, Verdict
from tracker.feedback.names import FINDINGS, MISSING, QUESTIONS, VERDICTS
from tracker.handling.forms import named
from tracker.paper.forms import ScanForm
from tracker.web.forms import OfficeForm, day, text


def _asks(aspect: Aspect) -> RadioField:
    """One aspect; nothing is preset, so silence never counts as satisfaction."""
    return RadioField(QUESTIONS[aspect], choices=named(VERDICTS), validators=[InputRequired(MISSING[aspect])])


class RatingForm(OfficeForm):
    """What the congress asks, each aspect apart; who has rated before also says why he changes his mind."""

    attitude = _asks(Aspect.ATTITUDE)
    result = _asks(Aspect.RESULT)
    contact = _asks(Aspect.CONTACT)
    answer = _asks(Aspect.REPLY)
    overall = _asks(Aspect.OVERALL)
    comment = text(
        _l("In your words"),
        required=False,
        most=4000,
        rows=5,
        hint=_l("Needed if you are dissatisfied: what is missing?"),
    )
    reason = text(
        _l("Why you change your rating"),
        required=False,
        most=1000,
        rows=2,
        hint=_l("The earlier rating is kept beside the new one."),
    )

    def __init__(self, *args: Any, asked: Sequence[Aspect], may_change: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        for aspect, name in COLUMNS.items():
            if aspect not in asked:
                del self[name]
        if not may_change:
            del self["reason"]
        self.asked = tuple(asked)

    def said(self) -> dict[Aspect, Verdict]:
        """What was chosen; only of a form that validates."""
        return {aspect: Verdict(self[COLUMNS[aspect]].data) for aspect in self.asked}

    def reasoned(self) -> str:
        return (self["reason"].data or "") if "reason" in self else ""


class PaperRatingForm(RatingForm):
    """A signed paper: whose, from which day, and its scan."""

    deputy_id = SelectField(_l("Whose paper"), coerce=int)
    on = day(_l("Day of the signature"))
    scan = FileField(_l("Scan of the signed paper"), description=_l("As PDF or picture; it is kept beside the rating."))


class StudyForm(OfficeForm):
    """What becomes of a dissatisfied rating; nothing is preset."""

    finding = RadioField(_l("What becomes of it"), choices=named(FINDINGS), validators=[InputRequired(_l("Choose."))])
    note = text(
        _l("What you tell the deputy"),
        required=False,
        most=4000,
        rows=6,
        hint=_l("Needed if it is not handled again. The deputy reads it on his own page; the body does not."),
    )


class KeepForm(OfficeForm):
    """The deputy keeps his rating by pressing; there is nothing to fill in."""


class SignedRatingForm(RatingForm, ScanForm):
    """The opinion form that came back signed: from which day, what is ticked and written on it, and its scan."""

    on = day(_l("Day of the signature"))


class ClosingForm(OfficeForm):
    note = text(_l("Remark"), required=False, most=1000, rows=2)
