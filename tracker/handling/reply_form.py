"""The form of a reply: a draft may lack anything, what is submitted may not."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, MultipleFileField
from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField
from wtforms.validators import Optional, StopValidation

from tracker.handling.content import PointContent, ReplyContent, content_of
from tracker.handling.forms import ActingForm, named, pairs
from tracker.handling.models import Reply, ReplyPublicity, Way
from tracker.handling.names import PUBLICITIES, WAYS
from tracker.handling.requests import LONGEST_REQUEST, MOST_REQUESTS, requests_in
from tracker.handling.rules import NEEDED, day_of
from tracker.web.forms import OfficeForm, day, line, text

MOST = {"promises": 12, "points": MOST_REQUESTS, "measures": 12}
FIRST_PROMISES = 3
# What a button adds a row to.
ADDS = {"row": "promises", "point": "points", "measure": "measures"}


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

    what = line(_l("What is promised"), required=False, most=500)
    owner = line(_l("Who sees to it"), required=False, most=120)
    due_on = day(_l("By when"), required=False)


class PointForm(OfficeForm):
    """One request of the suggestion and its answer; a request left empty is struck."""

    request = text(_l("Request"), required=False, most=LONGEST_REQUEST, rows=2)
    answer = text(_l("Answer"), required=False, most=8000, rows=3)
    in_letter = BooleanField(_l("Answered in the letter's text"))


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
    refusal = text(_l("Why it cannot be adopted"), required=False, most=8000, rows=4)
    legal_basis = line(
        _l("Legal basis"), required=False, most=400, hint=_l("The law or rule with its article, or the decision.")
    )
    text = text(_l("Text of the reply"), required=False, most=60_000, rows=14)
    scan = FileField(_l("Stamped scan"), description=_l("The signed and stamped letter, as PDF or picture."))
    further = MultipleFileField(_l("Other files"))
    received_on = day(_l("Received by the office on"), required=False)
    way = SelectField(_l("How the letter travels"), choices=named(WAYS), default=str(Way.SYSTEM))
    paper_original = BooleanField(_l("The paper original was handed in"))
    all_in_letter = BooleanField(_l("The letter's text answers every request"))
    points = FieldList(FormField(PointForm), max_entries=MOST["points"])
    measures = FieldList(
        line(_l("What is done"), required=False, most=500), min_entries=1, max_entries=MOST["measures"]
    )
    promises = FieldList(FormField(PromiseForm), min_entries=FIRST_PROMISES, max_entries=MOST["promises"])

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
    def showing(cls, reply: Reply | None, labels: list[tuple[str, Any]], *, asked_in: str = "") -> ReplyForm:
        """The form with what is kept of the reply, or with what was just typed; where nothing was written yet, with the
        requests found in the text of the suggestion.
        """
        if reply is None:
            return cls(labels=labels, data={"points": [{"request": one} for one in requests_in(asked_in)]})
        kept = vars(content_of(reply))
        kept["publicity"], kept["way"] = str(reply.publicity or ""), str(reply.way)
        kept["promises"] = [{**one, "due_on": day_of(one.get("due_on"))} for one in reply.draft_promises]
        kept["points"] = [vars(one) for one in kept["points"]]
        return cls(labels=labels, data={**kept, "version": str(reply.version)})

    def with_empty_rows(self) -> ReplyForm:
        """At least three promises and one measure to write in."""
        while len(self.promises) < FIRST_PROMISES:
            self.promises.append_entry()
        if not len(self.measures):
            self.measures.append_entry()
        return self

    def add(self, button: str, asked_in: str) -> None:
        """One more row of a list, or the requests found in the text that do not stand there yet."""
        if button in ADDS:
            self._append(ADDS[button], None)
            return
        known = {one.form.request.data for one in self.points}
        for request in requests_in(asked_in):
            if request not in known:
                self._append("points", {"request": request})

    def _append(self, name: str, data: Any) -> None:
        if len(self[name]) < MOST[name]:
            self[name].append_entry(data)

    def content(self) -> ReplyContent:
        """What was typed, as the action takes it; rows left empty and choices nobody offered are none."""
        return ReplyContent(
            class_label=self.class_label.data or "",
            document_number=self.document_number.data or "",
            signer=self.signer.data or "",
            contact_person=self.contact_person.data or "",
            contact_phone=self.contact_phone.data or "",
            publicity=ReplyPublicity(said) if (said := self.publicity.data) in list(ReplyPublicity) else None,
            text=self.text.data or "",
            letter_on=self.letter_on.data,
            received_on=self.received_on.data,
            way=Way(self.way.data) if self.way.data in list(Way) else Way.SYSTEM,
            paper_original=self.paper_original.data,
            promises=self.promised(),
            points=self.pointed(),
            measures=[one.data for one in self.measures if one.data],
            refusal=self.refusal.data or "",
            legal_basis=self.legal_basis.data or "",
        )

    def is_pointed(self) -> bool:
        """Somebody has begun to answer point by point."""
        return any(one.form.answer.data or one.form.in_letter.data or one.errors for one in self.points)

    def left(self) -> int:
        """How many requests are not answered yet."""
        return sum(not (one.answer or one.in_letter) for one in self.pointed())

    def pointed(self) -> list[PointContent]:
        """The requests with their answers; where the letter answers them all, those without one of their own too."""
        rows = [one.form for one in self.points if one.form.request.data or one.form.answer.data]
        whole = bool(self.all_in_letter.data)
        return [
            PointContent(
                request=row.request.data or "",
                answer=row.answer.data or "",
                in_letter=bool(row.in_letter.data) or (whole and not row.answer.data),
            )
            for row in rows
        ]

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
