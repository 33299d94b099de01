"""What is asked about figures."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import InputRequired

from tracker.figures.statements import LONGEST
from tracker.web.forms import OfficeForm, text


class StatementForm(OfficeForm):
    text = text(
        _l("What the figures do not show"),
        most=LONGEST,
        rows=6,
        hint=_l("One paragraph. All who read your figures read it, with the day and your name."),
    )


class MinimumForm(OfficeForm):
    minimum = IntegerField(
        _l("Compared from so many cases on"),
        [InputRequired(_l("Please fill in: %(what)s.", what=_l("Compared from so many cases on")))],
        description=_l("Of fewer no share is told in percent, and they stand in no order."),
    )
