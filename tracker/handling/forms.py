"""What is asked of a body, and of those who read its replies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.errors import N_
from tracker.handling.models import Manner, Way
from tracker.handling.names import MANNERS, RELEASED
from tracker.handling.rules import SEND_BACK_REASONS
from tracker.people.acting import ActingForm
from tracker.web.forms import OfficeForm, day, line, text


def pairs(names: Mapping[Any, str]) -> list[tuple[str, Any]]:
    """Values with their words, translated when they are shown."""
    return [(str(value), _l(word)) for value, word in names.items()]


def named(names: Mapping[Any, str]) -> Callable[[], list[tuple[str, Any]]]:
    """The choices of a field, as WTForms wants them: made when they are asked for."""
    return lambda: pairs(names)


class ReceiptForm(ActingForm):
    pass


class ContactForm(ActingForm):
    on = day(_l("Day"))
    manner = RadioField(_l("How"), choices=named(MANNERS), validators=[InputRequired(_l("Choose one."))])
    person = line(_l("With whom"), most=120)
    place = line(_l("Where"), required=False, most=120)
    note = text(_l("What was said"), required=False, most=4000, rows=4)
    record = FileField(_l("Signed record"), description=_l("The record the deputy signed, as PDF or picture."))

    def manner_chosen(self) -> Manner:
        return Manner(self.manner.data)


class ProgressForm(ActingForm):
    on = day(_l("Day"))
    text = text(_l("What has been done so far"), most=4000, rows=5, hint=_l("The office and the other bodies read it."))


class ApprovalForm(ActingForm):
    remark = text(_l("Remark"), required=False, most=4000, rows=4, hint=_l("Needed to give it back."))


class TakingBackForm(ActingForm):
    pass


class JointForm(ActingForm):
    reason = text(
        _l("Reason"),
        required=False,
        most=2000,
        rows=3,
        hint=_l("Needed only if you do not agree; the writer reads it."),
    )


class ReturnForm(ActingForm):
    reason = text(_l("Why it is not yours"), most=2000, rows=5, hint=_l("Name the rule or the duties that say so."))
    proposed_id = SelectField(
        _l("Whose it is, as you see it"),
        coerce=int,
        validators=[InputRequired(), NumberRange(1, message=_l("Propose the body that should answer."))],
    )


class ExtensionForm(ActingForm):
    proposed_on = day(_l("Until when"))
    reason = text(_l("Why more time is needed"), most=2000, rows=5, hint=_l("The deputy is told this reason."))


class OpinionForm(ActingForm):
    text = text(_l("Your opinion to the lead"), most=20_000, rows=10)


class OpinionAgainForm(ActingForm):
    reason = text(_l("What is missing"), most=2000, rows=5, hint=_l("The co-handler is told this reason."))


class LastDayForm(OfficeForm):
    to = day(_l("Last day"))
    reason = text(
        _l("Reason"), most=2000, rows=5, hint=_l("It stands on the page, in the history and in every download.")
    )


class OriginalForm(OfficeForm):
    scan = FileField(_l("Stamped scan"), description=_l("The signed and stamped letter, as PDF or picture."))
    came_on = day(_l("Paper original received on"), required=False)


class ClassForm(OfficeForm):
    class_label = SelectField(_l("Class"), validators=[InputRequired(_l("Choose one."))])
    reason = text(_l("Reason"), most=2000, rows=3, hint=_l("The body is told this reason."))


class ApprovalRuleForm(OfficeForm):
    needed = RadioField(
        _l("Before a reply is submitted"),
        choices=named({"yes": N_("our leader approves it"), "no": N_("nobody need approve it")}),
        validators=[InputRequired(_l("Choose one."))],
    )


class DeliveryForm(OfficeForm):
    way = SelectField(_l("How it reaches the deputies"), choices=named(RELEASED), default=str(Way.SYSTEM))


class PublicationForm(OfficeForm):
    on = day(_l("Published on"))
    place = line(_l("Where"), most=300, hint=_l("The address of the page, or the gazette and its number."))
    looked = BooleanField(_l("I have looked at what is named above; it may be public"))


class SendingBackForm(OfficeForm):
    reasons = SelectMultipleField(
        _l("Why it goes back"),
        choices=named(SEND_BACK_REASONS),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    note = TextAreaField(_l("What is to be done"), [Optional(), Length(max=4000)], render_kw={"rows": 4})


class ExtensionDecisionForm(OfficeForm):
    decision = RadioField(
        _l("Decision"),
        choices=named({"grant": N_("Grant"), "refuse": N_("Refuse")}),
        validators=[InputRequired(_l("Choose one."))],
    )
    to = day(_l("New last day, if granted"), required=False)
    note = text(_l("Reason of the decision"), required=False, most=1000, rows=3)
