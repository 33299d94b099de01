"""What is asked about the congress, its deputies and the bodies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, EmailField, IntegerField, SelectField
from wtforms.validators import Length, NumberRange, Optional, Regexp
from wtforms.widgets import HiddenInput

from tracker.structure.models import Branch, Channel, Level, MeetingKind, Rank
from tracker.structure.names import BRANCHES, CHANNELS, LEVELS, MEETING_KINDS, RANKS
from tracker.structure.rules import ADDRESS
from tracker.web.forms import Needed, OfficeForm, day, line
from tracker.web.languages import LANGUAGES


def _words(label: Any, names: Mapping[Any, Any], words: Any, **more: Any) -> Any:
    """A choice among the words of an enum."""
    return SelectField(label, choices=lambda: [(str(word), name) for word, name in names.items()], coerce=words, **more)


def _row(label: Any, hint: Any = "") -> Any:
    """A choice among rows; 0 is none."""
    return SelectField(label, coerce=int, description=hint, default=0)


def _number(label: Any, *, least: int = 1, most: int = 9999, required: bool = True, hint: Any = "") -> Any:
    asked: Any = Needed(_l("Please fill in: %(what)s.", what=label)) if required else Optional()
    return IntegerField(label, [asked, NumberRange(least, most)], description=hint)


def _mail(label: Any, hint: Any = "") -> Any:
    checks = [Optional(), Length(max=254), Regexp(ADDRESS, message=_l("This is not an e-mail address."))]
    return EmailField(label, checks, description=hint)


class VersionedForm(OfficeForm):
    """Facts of something that others may change meanwhile: the version it had when the form was opened goes along."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])


class CongressForm(VersionedForm):
    name = line(_l("Official name"), most=120)
    name_en = line(_l("Name in English"), most=160, required=False)
    level = _words(_l("Level"), LEVELS, Level)
    parent_id = _row(_l("Stands below"), _l("The congress of the next level above, if it keeps its ledger here too."))
    office_name = line(_l("Name of the office"), most=120, required=False)
    office_name_en = line(_l("Name of the office in English"), most=160, required=False)
    office_email = _mail(_l("Mail address of the office"), _l("Answers to mailed letters go there."))


class TermForm(OfficeForm):
    ordinal = _number(_l("Number of the term"), most=99)
    opened_on = day(_l("Opened on"))
    closed_on = day(_l("Closed on"), required=False)


class MeetingForm(VersionedForm):
    name = line(_l("Official name"), most=120, hint=_l("As it stands in the ledger."))
    name_en = line(_l("Name in English"), most=160, required=False)
    kind = _words(_l("Kind"), MEETING_KINDS, MeetingKind, description=_l("A year of the recess has its own numbers."))
    term_id = _row(_l("Term"))
    ordinal = _number(_l("Which meeting of the term"), most=99, required=False)
    year = _number(_l("Year"), least=1949, most=2199)
    opened_on = day(_l("Opened on"), required=False)
    closed_on = day(_l("Closed on"), required=False)
    common_due_on = day(
        _l("Common last day"),
        required=False,
        hint=_l(
            "One day for all replies of this meeting, if the office sets one; the earlier of it and the rule holds."
        ),
    )


class DelegationForm(VersionedForm):
    name = line(_l("Official name"), most=80)
    term_id = _row(_l("Term"))
    name_en = line(_l("Name in English"), most=120, required=False)
    liaison_name = line(_l("Liaison"), most=60, required=False)
    liaison_email = _mail(_l("E-mail of the liaison"))


class DeputyForm(VersionedForm):
    name = line(_l("Name"), most=60)
    term_id = _row(_l("Term"))
    delegation_id = _row(_l("Delegation"))
    card_number = line(_l("Card number"), most=40, required=False, hint=_l("Tells deputies of one name apart."))
    email = _mail(_l("E-mail"))
    phone = line(_l("Phone"), most=40, required=False)
    address = line(_l("Address"), most=200, required=False)
    employer = line(_l("Employer and post"), most=120, required=False)
    heads_body_id = _row(_l("Heads this body"), _l("A deputy who heads a body never rates its replies."))
    language = SelectField(_l("Language of letters"), choices=lambda: list(LANGUAGES.items()))
    active = BooleanField(_l("In office"), default=True)


class BodyForm(VersionedForm):
    name = line(
        _l("Official name"), most=120, hint=_l("For a mistake only. A body that gets another name has a reform.")
    )
    short_name = line(_l("Short name"), most=60, required=False)
    name_en = line(_l("Name in English"), most=160, required=False)
    former_names = line(
        _l("Former names"), most=400, required=False, hint=_l("Old ledgers use them; one after the other.")
    )
    branch = _words(_l("Branch"), BRANCHES, Branch)
    is_hub = BooleanField(_l("It is a hub: it dispatches within its branch"))
    hub_id = _row(_l("Hub"), _l("Who dispatches to it; none: the office hands over to it directly."))
    parent_id = _row(_l("Belongs to"))
    is_committee = BooleanField(_l("It is a special committee of the congress"))
    document_prefix = line(_l("Document prefix"), most=40, required=False, hint=_l("How its document numbers begin."))
    sort_key = _number(_l("Place in the ledger"), least=0, required=False, hint=_l("Smaller numbers stand first."))


class OfficerForm(VersionedForm):
    name = line(_l("Name"), most=60)
    title = line(_l("Post"), most=80, required=False)
    rank = _words(_l("Rank"), RANKS, Rank, description=_l("Decides which step of the ladder reaches this person."))
    body_id = _row(_l("Body"), _l("Leave it at “none” for a leader above several bodies."))
    email = _mail(_l("E-mail"))
    phone = line(_l("Phone"), most=40, required=False)
    shared = BooleanField(
        _l("Several people read this mailbox"),
        description=_l("Its links open reading; submitting asks for the name and the code of the office."),
    )
    channel = _words(_l("Letters go"), CHANNELS, Channel)
    language = SelectField(_l("Language of letters"), choices=lambda: list(LANGUAGES.items()))
    absent_from_on = day(_l("Absent from"), required=False)
    absent_until_on = day(_l("Absent until"), required=False, hint=_l("Both days count; empty: until further notice."))
    substitute_id = _row(_l("Substitute"), _l("Reads the letters and digests in the days of absence."))
    active = BooleanField(_l("In office"), default=True)


class CardForm(OfficeForm):
    term_id = _row(_l("Term"))
    card_number = line(_l("Card number"), most=40, required=False)
    delegation_id = _row(_l("Delegation"))


class WorkbookForm(OfficeForm):
    file = FileField(_l("Workbook"), description=_l("An .xlsx file with the sheets of the empty workbook."))


class ChargeForm(OfficeForm):
    officer_id = _row(_l("Leader"))
    from_on = day(_l("From"))


class PairingForm(OfficeForm):
    committee_id = _row(_l("Special committee"))


class DayForm(OfficeForm):
    """One day, for an end."""

    on = day(_l("On"))
