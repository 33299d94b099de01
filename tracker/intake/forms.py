"""The printed form of a suggestion (代表建议专用纸), field by field, and what the office asks about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import Optional, ValidationError

from tracker.files.rules import TAKEN
from tracker.intake.actions.drafting import MOST_FILES
from tracker.intake.content import Content, Details
from tracker.intake.hints import Hint, Judgement
from tracker.intake.models import Nature
from tracker.intake.names import DECISIONS, ORIGINS, PUBLICITIES, SURVEYS, category_name, usual_categories
from tracker.intake.queries import categories_used, co_signer_ids, deputy_names, sheet_of
from tracker.intake.rules import LONGEST_TITLE
from tracker.intake.sheet_names import JUDGEMENTS, NATURES, UNSOLVED_FOR, WISHED_WAYS
from tracker.structure.models import Meeting
from tracker.structure.queries import delegations, deputy_choices
from tracker.suggestion.models import Origin, Publicity, Suggestion
from tracker.web.filters import in_language
from tracker.web.forms import UNWELCOME, OfficeForm, day, line, text
from tracker.web.numbers import row_number_or_zero

DETAIL_LINES = (
    "unsolved_for", "wished_body", "wished_way", "contact_person", "contact_phone", "contact_address",
    "source", "source_number",
)  # fmt: skip
UNKEPT = {"files", "draft_key", "draft_version", "judgement", "judgement_reason"}


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
    source = line(_l("Where it comes from"), required=False, hint=_l("The report, who heard it, or the other office."))
    source_number = line(_l("Its number there"), required=False, most=60)
    on_paper = BooleanField(
        _l("Entered from a signed paper"),
        description=_l("The history will say that you entered it on behalf of who signed it."),
    )
    nature = SelectField(_l("It is"), choices=_words(NATURES), default=str(Nature.SUGGESTION))
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
    unsolved_for = SelectField(_l("Made and not solved for"), choices=_words(UNSOLVED_FOR), default="")
    co_signers_wanted = BooleanField(_l("Other deputies may still co-sign it"))
    wished_body = line(
        _l("Body the deputy wishes to answer"), required=False, most=120, hint=_l("A wish; the hand-over decides.")
    )
    wished_way = SelectField(_l("How it should be handled"), choices=_words(WISHED_WAYS), default="")
    contact_person = line(_l("Contact person"), required=False, most=60)
    contact_phone = line(_l("Phone"), required=False, most=40)
    contact_address = line(_l("Postal address and code"), required=False, most=200)
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
        return chosen(self.files)

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
            details=self.details(),
        )

    def details(self) -> Details:
        """What the form says beyond what every list needs."""
        said: dict[str, Any] = {name: self[name].data or "" for name in DETAIL_LINES}
        ticked = {name: self[name].data for name in ("co_signers_wanted", "on_paper")}
        return Details(nature=Nature(self.nature.data), **said, **ticked)


class RecordForm(ContentForm):
    draft_key = HiddenField()
    draft_version = HiddenField()
    judgement = RadioField(_l("What is decided"), choices=_words(JUDGEMENTS), validators=[Optional()])
    judgement_reason = text(_l("Reason"), required=False, most=1000, rows=3)
    meeting_id = SelectField(_l("Meeting"), coerce=int)
    number = line(_l("Number"), required=False, most=40, hint=_l("Leave it empty for the next number of the meeting."))

    def ask_all(self, congress_id: int, held: list[Meeting]) -> None:
        self.ask(congress_id)
        self.meeting_id.choices = meeting_choices(held)

    def is_decided(self, found: Iterable[Hint]) -> bool:
        """Whether what the hints ask for is said: a decision and its reason; what is missing is told on the field."""
        if not any(hint.asks_for_a_decision for hint in found):
            return True
        if not self.judgement.data:
            self.judgement.errors = [*self.judgement.errors, _("Say what is decided.")]
        elif not self.judgement_reason.data:
            self.judgement_reason.errors = [*self.judgement_reason.errors, _("Give the reason.")]
        return not self.judgement.errors and not self.judgement_reason.errors

    @property
    def seen_version(self) -> int:
        """The version of the draft that was opened; 0 where there was none."""
        return row_number_or_zero(self.draft_version.data)

    def judged(self, found: Iterable[Hint]) -> Judgement:
        return Judgement(tuple(found), self.judgement.data or "", self.judgement_reason.data or "")

    def typed(self, sent: Any) -> dict[str, list[str]]:
        """What was typed, as it was sent, whole or not: what a draft keeps."""
        kept = [name for name in self._fields if name not in UNKEPT]
        return {name: [UNWELCOME.sub("", one) for one in sent.getlist(name)] for name in kept if name in sent}


class AmendForm(ContentForm):
    version = HiddenField()
    internal = BooleanField(_l("Internal: for named readers only, never in mail, search or exports"))

    @classmethod
    def about(cls, suggestion: Suggestion) -> AmendForm:
        signed = co_signer_ids(suggestion.id)
        form = cls(obj=suggestion, data={"co_signer_ids": signed, **Details.of(sheet_of(suggestion.id)).facts()})
        form.ask(
            suggestion.congress_id, suggestion.category, suggestion.survey_method, [suggestion.lead_deputy_id, *signed]
        )
        for field in (form.lead_deputy_id, form.delegation_id):
            field.data = field.data or 0
        return form


class SignedForm(OfficeForm):
    files = MultipleFileField(_l("Scan or photograph of the signed form"))

    def validate_files(self, _field: Any) -> None:
        if not self.uploads:
            raise ValidationError(_("Choose the file."))

    @property
    def uploads(self) -> list[Any]:
        return chosen(self.files)


class CheckForm(OfficeForm):
    decision = SelectField(_l("Decision"), choices=_words(DECISIONS))
    reason = text(_l("Reason"), most=1000, rows=3)


def chosen(files: Any) -> list[Any]:
    """The files that were really chosen: a browser sends an empty one where none was."""
    return [one for one in files.data or [] if getattr(one, "filename", "")]


def meeting_choices(held: list[Meeting]) -> list[tuple[int, str]]:
    return [(meeting.id, in_language(meeting)) for meeting in held]
