"""What is asked when two suggestions are linked, or a link is taken back."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from tracker.web.forms import OfficeForm, text

LARGEST_ID = 2**31 - 1


class TextForm(OfficeForm):
    """What has been typed so far: title and text of the record form."""

    title = HiddenField()
    text = HiddenField()


class LinkForm(OfficeForm):
    other_id = IntegerField(validators=[InputRequired(), NumberRange(1, LARGEST_ID)])
    reason = text(_l("Reason"), most=1000, rows=2)


class UnlinkForm(OfficeForm):
    reason = text(_l("Reason"), most=1000, rows=2)
