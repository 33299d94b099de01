"""What is asked when deputies confirm or agree, when suggestions are merged, and how numbers are written."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from tracker.intake.models import Answer
from tracker.intake.rules import LONGEST_NUMBER
from tracker.web.forms import OfficeForm, day, line, text


class ReasonForm(OfficeForm):
    reason = text(_l("Reason"), most=1000, rows=3)


class SigningForm(OfficeForm):
    """A co-signer's own answer."""

    answer = RadioField(
        _l("Do you sign it too?"),
        choices=[(str(Answer.YES), _l("Yes, I sign it too")), (str(Answer.NO), _l("No, I do not sign it"))],
        validators=[InputRequired(_l("Choose one."))],
    )
    note = text(_l("Remark"), required=False, most=1000, rows=2)


class AgreementForm(OfficeForm):
    """Whether a deputy agrees that what is his too is withdrawn."""

    answer = RadioField(
        _l("Do you agree that it is withdrawn?"),
        choices=[(str(Answer.YES), _l("Yes, I agree")), (str(Answer.NO), _l("No, it shall be handled on"))],
        validators=[InputRequired(_l("Choose one."))],
    )
    note = text(_l("Remark"), required=False, most=1000, rows=2)


class PaperSigningForm(SigningForm):
    """The same from a signed paper: whose, and from which day."""

    deputy_id = SelectField(_l("Whose statement"), coerce=int)
    on = day(_l("Day of the signature"))
    answer = RadioField(
        _l("What it says"),
        choices=[(str(Answer.YES), _l("Signs it too")), (str(Answer.NO), _l("Does not sign it"))],
        validators=[InputRequired(_l("Choose one."))],
    )


class PaperAgreementForm(AgreementForm):
    """The same from a signed paper: whose, and from which day."""

    deputy_id = SelectField(_l("Whose statement"), coerce=int)
    on = day(_l("Day of the signature"))
    answer = RadioField(
        _l("What it says"),
        choices=[(str(Answer.YES), _l("Agrees that it is withdrawn")), (str(Answer.NO), _l("Does not agree"))],
        validators=[InputRequired(_l("Choose one."))],
    )


class MergerForm(ReasonForm):
    into = line(_l("Number of the suggestion that stays"), most=LONGEST_NUMBER)


class NumberingForm(OfficeForm):
    pattern = line(_l("Pattern"), most=LONGEST_NUMBER)
