"""Sending Word files, and the form a document has filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import ValidationError

from tracker.documents.found import Found
from tracker.documents.models import Document
from tracker.documents.people import Meant, Question
from tracker.files.rules import tidy_name
from tracker.intake.content import Content
from tracker.intake.forms import RecordForm
from tracker.structure.models import Meeting, MeetingKind
from tracker.suggestion.models import Origin
from tracker.web.filters import in_language
from tracker.web.forms import OfficeForm
from tracker.web.numbers import row_number_or_zero

ANSWER = "answer_"
NOT_KEPT = ("files", "version")


class SendForm(OfficeForm):
    meeting_id = SelectField(_l("Meeting"), coerce=int)
    files = MultipleFileField(
        _l("Files to be read"),
        description=_l(
            "One suggestion per .docx, or a zip of them. Other files in a zip go to the document whose name they bear."
        ),
    )

    def ask(self, held: list[Meeting]) -> None:
        self.meeting_id.choices = [(one.id, in_language(one)) for one in held]

    @property
    def uploads(self) -> list[Any]:
        """The files that were really chosen."""
        return [one for one in self.files.data or [] if getattr(one, "filename", "")]

    @property
    def name(self) -> str:
        """What the sending is called: its file, or the first of several."""
        first = tidy_name(self.uploads[0].filename)
        return first if len(self.uploads) == 1 else f"{first} + {len(self.uploads) - 1}"

    def validate_files(self, _field: Any) -> None:
        if not self.uploads:
            raise ValidationError(_("Choose a file."))


class DocumentForm(RecordForm):
    """The printed form as the document fills it, with a question for every name that is not clear."""

    internal = BooleanField(_l("Internal: for named readers only, never in mail, search or exports"))
    version = HiddenField()
    questions: tuple[Question, ...] = ()

    @property
    def answers(self) -> list[tuple[Question, Any]]:
        """Each question with its field."""
        return [(question, self[f"{ANSWER}{place}"]) for place, question in enumerate(self.questions)]

    def said(self) -> Content:
        """What was filled in; an answer counts where the field itself was left open."""
        content = self.content(internal=self.internal.data)
        for question, field in self.answers:
            if question.is_lead and field.data and content.lead_deputy_id is None:
                content.lead_deputy_id = field.data
            elif not question.is_lead and field.data and field.data not in content.co_signer_ids:
                content.co_signer_ids.append(field.data)
        return content

    def kept(self) -> dict[str, Any]:
        """Everything that was typed, as it is kept for later."""
        values = {name: value for name, value in self.data.items() if name not in NOT_KEPT}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}

    @property
    def seen_version(self) -> int:
        return row_number_or_zero(self.version.data)


def document_form(
    document: Document, found: Found, meant: Meant, congress_id: int, held: list[Meeting]
) -> DocumentForm:
    """The form filled with what was recognised, or with what somebody has corrected since."""
    asked = {
        f"{ANSWER}{place}": SelectField(
            _("Who is meant by %(name)s?", name=question.name),
            coerce=int,
            choices=[(0, _("Nobody of these")), *question.among],
        )
        for place, question in enumerate(meant.questions)
    }
    kind: type[DocumentForm] = type("DocumentForm", (DocumentForm,), asked)
    kind.questions = tuple(meant.questions)
    form = kind(data={**_recognised(document, found, meant), **_corrected(document)})
    form.ask_all(congress_id, held)
    choices: Any = form.category.choices
    if form.category.data not in dict(choices):
        form.category.data = ""
    form.version.data = form.version.data or str(document.version)
    return form


def _recognised(document: Document, found: Found, meant: Meant) -> dict[str, Any]:
    meeting = document.sending.meeting
    return {
        "meeting_id": meeting.id,
        "origin": str(Origin.RECESS if meeting.kind is MeetingKind.RECESS else Origin.MEETING),
        "title": found.title,
        "text": found.text,
        "number": found.number,
        "lead_deputy_id": meant.lead_id or 0,
        "delegation_id": meant.delegation_id or 0,
        "co_signer_ids": meant.co_signer_ids,
        "category": found.category,
        "publicity": found.publicity or "unknown",
        "survey_method": found.survey_method,
        "long_unsolved": found.long_unsolved,
        "contact_wanted": found.contact_wanted,
        "reference_only": found.reference_only,
        "submitted_on": date.fromisoformat(found.submitted_on) if found.submitted_on else None,
        "contact_phone": found.phone,
        "contact_address": " ".join(filter(None, (found.address, found.postcode))),
        "contact_person": found.contact_person,
        "wished_body": found.wished_body,
    }


def _corrected(document: Document) -> dict[str, Any]:
    kept = dict(document.corrected or {})
    if isinstance(day := kept.get("submitted_on"), str):
        kept["submitted_on"] = date.fromisoformat(day)
    return kept
