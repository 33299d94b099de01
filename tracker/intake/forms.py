"""The printed form of a suggestion (代表建议专用纸), field by field, and what the office asks about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from tracker.files.rules import TAKEN
from tracker.intake.content import Content
from tracker.intake.names import DECISIONS, ORIGINS, PUBLICITIES, SURVEYS, category_name, usual_categories
from tracker.intake.queries import categories_used, co_signer_ids, deputy_names
from tracker.intake.rules import LONGEST_TITLE
from tracker.structure.models import Meeting
from tracker.structure.queries import delegations, deputy_choices
from tracker.suggestion.models import Origin, Publicity, Suggestion
from tracker.web.filters import in_language
from tracker.web.forms import OfficeForm, day, line, text

MOST_FILES = 3


def _words(names: dict[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(word), label) for word, label in names.items()]


class SecrecyForm(OfficeForm):
    """The first question, asked alone."""

    secrecy = RadioField(
        _l("Is it secret?"),
        choices=[
            ("no", _l("No")),
            ("internal", _l("Internal: for named readers only, never in mail, search or exports")),
            ("secret", _l("Yes, it carries a secrecy marking")),
        ],
    )


class OffLineForm(OfficeForm):
    meeting_id = SelectField(_l("Meeting"), coerce=int)


class ContentForm(OfficeForm):
    """What the sheet says; used to record and to amend."""

    origin = SelectField(_l("Origin"), choices=_words(ORIGINS))
    title = line(
        _l("Title"), most=LONGEST_TITLE, hint=_l("One matter per suggestion: several matters are several suggestions.")
    )
    lead_deputy_id = SelectField(
        _l("Lead deputy"), coerce=int, description=_l("Leave empty when a delegation hands it in.")
    )
    delegation_id = SelectField(_l("Delegation"), coerce=int)
    co_signer_ids = SelectMultipleField(
        _l("Co-signers"), coerce=int, description=_l("Several may be chosen, in the order of the list.")
    )
    category = SelectField(_l("Category"))
    text = text(
        _l("Text"),
        required=False,
        most=50_000,
        rows=16,
        hint=_l("The facts, the problem, and what is to be done about it."),
    )
    publicity = SelectField(_l("May it be published?"), choices=_words(PUBLICITIES))
    survey_method = SelectField(_l("How it was worked out"), choices=_words(SURVEYS))
    long_unsolved = BooleanField(_l("Made for years and still not solved"))
    contact_wanted = BooleanField(_l("The deputy wants to be contacted while it is handled"))
    reference_only = BooleanField(_l("For reference only, no written reply wanted"))
    key = BooleanField(_l("To be watched as a key suggestion"))
    submitted_on = day(_l("Handed in on"), required=False)
    remark = line(_l("Remark"), required=False, most=500, hint=_l("For the office; bodies and deputies do not see it."))
    files = MultipleFileField(_l("Files"))

    def ask(
        self, congress_id: int, category: str = "", survey_method: str = "", signed: Iterable[int | None] = ()
    ) -> None:
        """Fill in what may be chosen; what stands there already stays, though it is offered to nobody else."""
        people = deputy_choices(congress_id)
        known = {number for number, _name in people}
        people += deputy_names([one for one in signed if one and one not in known])
        self.lead_deputy_id.choices = [(0, _("none")), *people]
        self.co_signer_ids.choices = people
        self.delegation_id.choices = [(0, _("none")), *((one.id, in_language(one)) for one in delegations(congress_id))]
        names = dict.fromkeys(filter(None, (*usual_categories(), *categories_used(congress_id), category)))
        self.category.choices = [("", _("Not said")), *((name, category_name(name)) for name in names)]
        others = {} if survey_method in SURVEYS else {survey_method: survey_method}
        self.survey_method.choices = _words({**SURVEYS, **others})
        self.files.description = _("At most %(count)d files: %(kinds)s.", count=MOST_FILES, kinds=", ".join(TAKEN))

    def validate_files(self, _field: Any) -> None:
        if len(self.uploads) > MOST_FILES:
            raise ValidationError(_("At most %(count)d files.", count=MOST_FILES))

    @property
    def uploads(self) -> list[Any]:
        """The files that were really chosen."""
        return [one for one in self.files.data or [] if getattr(one, "filename", "")]

    def content(self, *, internal: bool) -> Content:
        return Content(
            title=self.title.data or "",
            text=self.text.data or "",
            origin=Origin(self.origin.data),
            category=self.category.data or "",
            publicity=Publicity(self.publicity.data),
            survey_method=self.survey_method.data or "",
            lead_deputy_id=self.lead_deputy_id.data or None,
            delegation_id=self.delegation_id.data or None,
            long_unsolved=self.long_unsolved.data,
            contact_wanted=self.contact_wanted.data,
            reference_only=self.reference_only.data,
            internal=internal,
            key=self.key.data,
            remark=self.remark.data or "",
            submitted_on=self.submitted_on.data,
            co_signer_ids=list(self.co_signer_ids.data or []),
        )


class RecordForm(ContentForm):
    meeting_id = SelectField(_l("Meeting"), coerce=int)
    number = line(_l("Number"), required=False, most=40, hint=_l("Leave it empty for the next number of the meeting."))

    def ask_all(self, congress_id: int, held: list[Meeting]) -> None:
        self.ask(congress_id)
        self.meeting_id.choices = meeting_choices(held)


class AmendForm(ContentForm):
    version = HiddenField()
    internal = BooleanField(_l("Internal: for named readers only, never in mail, search or exports"))

    @classmethod
    def about(cls, suggestion: Suggestion) -> AmendForm:
        signed = co_signer_ids(suggestion.id)
        form = cls(obj=suggestion, data={"co_signer_ids": signed})
        form.ask(
            suggestion.congress_id, suggestion.category, suggestion.survey_method, [suggestion.lead_deputy_id, *signed]
        )
        for field in (form.lead_deputy_id, form.delegation_id):
            field.data = field.data or 0
        return form


class CheckForm(OfficeForm):
    decision = SelectField(_l("Decision"), choices=_words(DECISIONS))
    reason = text(_l("Reason"), most=1000, rows=3)


def meeting_choices(held: list[Meeting]) -> list[tuple[int, str]]:
    return [(meeting.id, in_language(meeting)) for meeting in held]
