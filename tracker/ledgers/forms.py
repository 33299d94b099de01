"""Sending a ledger, and confirming what was recognised in it."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, IntegerField, SelectField
from wtforms.validators import NumberRange, Optional, ValidationError

from tracker.ledgers.columns import HEADER_WITHIN, Mapping
from tracker.ledgers.headings import FIELDS
from tracker.ledgers.known import BODIES, DEPUTIES
from tracker.ledgers.overrides import Overrides
from tracker.ledgers.sheets import SUFFIXES
from tracker.web.forms import OfficeForm

ENCODINGS = [("", _l("Recognise it")), ("utf-8", "UTF-8"), ("gb18030", "GB18030"), ("utf-16", "UTF-16")]
COLUMN = "column_"


class SendForm(OfficeForm):
    file = FileField(_l("Ledger"), description=_l("A file of one of these kinds: %(kinds)s", kinds=", ".join(SUFFIXES)))

    def validate_file(self, field: Any) -> None:
        if not getattr(field.data, "filename", ""):
            raise ValidationError(_("Choose a file."))


class PlaceForm(OfficeForm):
    """Where in the file the ledger stands."""

    sheet = SelectField(_l("Sheet"), validate_choice=False)
    header_row = IntegerField(
        _l("First row with headings"),
        [Optional(), NumberRange(1, HEADER_WITHIN)],
        description=_l("Leave it empty to have it recognised."),
    )
    encoding = SelectField(_l("Encoding"), choices=ENCODINGS, description=_l("Of a .csv file only."))
    looked_at = HiddenField()

    def overrides(self) -> Overrides:
        """What was said of the place; an empty answer is left to recognition."""
        return Overrides({}, self.sheet.data or None, self.header_row.data, self.encoding.data or None)

    def place(self, *, with_sheet: bool = True) -> str:
        """The place as one word; a file of one sheet does not ask for it."""
        return f"{(with_sheet and self.sheet.data) or ''}/{self.header_row.data or ''}/{self.encoding.data or ''}"


class ConfirmForm(PlaceForm):
    meeting_id = SelectField(_l("Meeting"), coerce=int)
    create_bodies = BooleanField(_l("Create bodies that are not known"))
    create_deputies = BooleanField(_l("Create deputies and delegations that are not known"))
    partial = BooleanField(_l("Leave out rows that a rule refuses, and keep the others"))

    @property
    def create(self) -> frozenset[str]:
        asked = ((BODIES, self.create_bodies.data), (DEPUTIES, self.create_deputies.data))
        return frozenset(name for name, wanted in asked if wanted)

    def columns(self, mapping: Mapping) -> dict[str, str]:
        """Heading → field, as chosen."""
        return {mapping.headers[place]: self[f"{COLUMN}{place}"].data for place in _places(mapping)}


def confirm_form(mapping: Mapping | None) -> type[ConfirmForm]:
    """The form with one choice for each column that has a heading."""
    choices = [*FIELDS.items()]
    fields = {
        f"{COLUMN}{place}": SelectField(
            mapping.headers[place], choices=choices, default=mapping.columns.get(place, "ignore"), validate_choice=True
        )
        for place in (_places(mapping) if mapping else ())
        if mapping is not None
    }
    return type("LedgerForm", (ConfirmForm,), fields)


def _places(mapping: Mapping) -> list[int]:
    return [place for place, heading in sorted(mapping.headers.items()) if heading]
