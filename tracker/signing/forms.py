"""What is asked about signing: the remark with which a draft goes back, and whether acts wait at all."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from tracker.web.forms import OfficeForm, text


class RemarkForm(OfficeForm):
    remark = text(_l("What is to be changed"), most=1000, rows=3)


class ModeForm(OfficeForm):
    mode = RadioField(
        _l("How acts are signed"),
        choices=[
            ("one", _l("One step: what a clerk decides is done at once")),
            ("two", _l("Two steps: a clerk draws it up, the office leader signs")),
        ],
        validators=[InputRequired(_l("Choose one."))],
    )
