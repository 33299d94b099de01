"""What is asked of a body, and of those who read its replies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, MultipleFileField
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.errors import N_
from tracker.handling.actions import ReplyContent
from tracker.handling.models import Manner, Reply, ReplyPublicity, Way
from tracker.handling.names import MANNERS, PUBLICITIES, WAYS
from tracker.handling.rules import NEEDED, SEND_BACK_REASONS, day_of
from tracker.people.acting import ActingForm
from tracker.web.forms import OfficeForm, day, line, text

MOST_PROMISES = 12
FIRST_PROMISES = 3


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

    def manner_chosen(self) -> Manner:
        return Manner(self.manner.data)


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


class NeededToSubmit:
    """Must be filled in to submit, not to save a draft."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        if field.data or any(str(typed).strip() for typed in field.raw_data or ()):
            return
        field.errors[:] = []
        if form.is_sent:
            raise StopValidation(field.gettext(NEEDED[field.name]))
        raise StopValidation()


class PromiseForm(OfficeForm):
    """One row of what is promised."""

    class Meta(OfficeForm.Meta):
        csrf = False

    what = line(_l("What is promised"), required=False, most=500)
    owner = line(_l("Who sees to it"), required=False, most=120)
    due_on = day(_l("By when"), required=False)


class ReplyForm(ActingForm):
    """The reply. A draft may lack anything; `act` says which button was pressed."""

    version = HiddenField(default="0")
    class_label = SelectField(_l("Class"), validators=[NeededToSubmit()])
    document_number = line(_l("Document number"), required=False, most=80)
    letter_on = day(_l("Date of the letter"), required=False)
    signer = line(_l("Signed by"), required=False, most=60)
    contact_person = line(_l("Contact person"), required=False, most=60)
    contact_phone = line(_l("Phone"), required=False, most=40)
    publicity = SelectField(_l("Publication"), validators=[NeededToSubmit()])
    text = text(_l("Text of the reply"), required=False, most=60_000, rows=14)
    scan = FileField(_l("Stamped scan"), description=_l("The signed and stamped letter, as PDF or picture."))
    further = MultipleFileField(_l("Other files"))
    received_on = day(_l("Received by the office on"), required=False)
    way = SelectField(_l("How the letter travels"), choices=named(WAYS), default=str(Way.SYSTEM))
    paper_original = BooleanField(_l("The paper original was handed in"))
    promises = FieldList(FormField(PromiseForm), min_entries=FIRST_PROMISES, max_entries=MOST_PROMISES)

    def __init__(self, *args: Any, labels: list[tuple[str, Any]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.class_label.choices = [("", _l("choose")), *labels]
        self.publicity.choices = [("", _l("choose")), *pairs(PUBLICITIES)]
        for name in NEEDED:
            control = self[name]
            control.flags.required = True
            if not any(isinstance(one, NeededToSubmit) for one in control.validators):
                kept = [one for one in control.validators if not isinstance(one, Optional)]
                control.validators = [NeededToSubmit(), *kept]
        self.is_sent = False

    @classmethod
    def showing(cls, reply: Reply | None, labels: list[tuple[str, Any]]) -> ReplyForm:
        """The form with what is kept of the reply, or with what was just typed."""
        if reply is None:
            return cls(labels=labels)
        kept = {name: getattr(reply, name) for name in vars(ReplyContent()) if name != "promises"}
        kept["publicity"], kept["way"] = str(reply.publicity or ""), str(reply.way)
        rows = [{**one, "due_on": day_of(one.get("due_on"))} for one in reply.draft_promises]
        return cls(labels=labels, data={**kept, "version": str(reply.version), "promises": rows})

    def with_empty_rows(self) -> ReplyForm:
        """At least three rows to write in."""
        while len(self.promises) < FIRST_PROMISES:
            self.promises.append_entry()
        return self

    def content(self) -> ReplyContent:
        """What was typed, as the action takes it; rows left empty are none."""
        return ReplyContent(
            class_label=self.class_label.data or "",
            document_number=self.document_number.data or "",
            signer=self.signer.data or "",
            contact_person=self.contact_person.data or "",
            contact_phone=self.contact_phone.data or "",
            publicity=ReplyPublicity(self.publicity.data) if self.publicity.data else None,
            text=self.text.data or "",
            letter_on=self.letter_on.data,
            received_on=self.received_on.data,
            way=Way(self.way.data),
            paper_original=self.paper_original.data,
            promises=self.promised(),
        )

    def promised(self) -> list[dict[str, str]]:
        rows = [one.form for one in self.promises]
        return [
            {
                "what": row.what.data or "",
                "owner": row.owner.data or "",
                "due_on": row.due_on.data.isoformat() if row.due_on.data else "",
            }
            for row in rows
            if row.what.data or row.owner.data or row.due_on.data
        ]

    def seen_version(self) -> int:
        """The version of the reply the writer saw; 0 where there was none."""
        text = str(self.version.data or "0")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


class DeliveryForm(OfficeForm):
    way = SelectField(_l("How it reaches the deputies"), choices=named(WAYS), default=str(Way.SYSTEM))


class PublicationForm(OfficeForm):
    on = day(_l("Published on"))
    place = line(_l("Where"), most=300, hint=_l("The address of the page, or the gazette and its number."))


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
