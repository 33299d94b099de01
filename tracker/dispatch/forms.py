"""What is asked when the office hands over, a hub dispatches, or a return is decided."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired

from tracker.paper.forms import ScanForm
from tracker.web.forms import OfficeForm, day, line, text


class BodiesForm(OfficeForm):
    """One lead or two with co-handlers, or several answering separately."""

    seen = HiddenField()  # which bodies were noted when the form was opened
    manner = RadioField(
        _l("How it is handled"),
        choices=[
            ("lead", _l("One lead, others help")),
            ("joint", _l("Two leads agree on one answer, others help")),
            ("separate", _l("Each answers its own part")),
        ],
        default="lead",
    )
    lead_id = SelectField(_l("Lead"), coerce=int, description=_l("Answers for all and states the others' opinions."))
    second_id = SelectField(
        _l("Second lead"),
        coerce=int,
        validate_choice=False,
        description=_l("Only where two leads answer together; both are answerable."),
    )
    other_ids = SelectMultipleField(_l("Other bodies"), coerce=int, render_kw={"size": 8})


class HandOverForm(OfficeForm):
    on = day(_l("Day of the hand-over"), hint=_l("Day 0 of most clocks."))
    document_number = line(_l("Document number"), required=False, most=60)
    route = RadioField(
        _l("Route"),
        choices=[("straight", _l("Straight to the bodies")), ("hubs", _l("Through the hubs, which dispatch onward"))],
        default="straight",
    )
    confirmed = BooleanField(
        _l("The list has been checked and signed"), [InputRequired(_l("Please confirm that the list was signed."))]
    )


class ReturnDecisionForm(OfficeForm):
    decision = RadioField(
        _l("Decision"),
        choices=[("grant", _l("Grant: it goes to another body")), ("refuse", _l("Refuse: it stays"))],
        validators=[InputRequired(_l("Choose one."))],
    )
    to_id = SelectField(_l("It goes to"), coerce=int)
    note = text(_l("Reason of the decision"), required=False, most=1000, rows=3)


class RecallForm(OfficeForm):
    reason = text(_l("Reason"), most=1000, rows=3, hint=_l("The body is told this."))


class PaperReceiptForm(ScanForm):
    on = day(_l("Day of the signature"))
    name = line(_l("Signed by"), required=False, most=40)


class LeadForm(OfficeForm):
    """Who leads from now on, why, and what becomes of the old lead."""

    to_id = SelectField(_l("New lead"), coerce=int)
    stays = RadioField(
        _l("The body that led"),
        choices=[("co", _l("goes on as co-handler")), ("leaves", _l("leaves"))],
        default="co",
    )
    reason = text(_l("Reason"), most=1000, rows=3, hint=_l("Both bodies are told this."))
