"""What is asked when two suggestions are linked, or a link is taken back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField
from wtforms.validators import InputRequired

from tracker.web.forms import OfficeForm, text


class TextForm(OfficeForm):
    """What has been typed so far: title and text of the record form."""

    title = HiddenField()
    text = HiddenField()


class LinkForm(OfficeForm):
    other_id = IntegerField(validators=[InputRequired()])
    reason = text(_l("Reason"), most=1000, rows=2)


class UnlinkForm(OfficeForm):
    reason = text(_l("Reason"), most=1000, rows=2)
