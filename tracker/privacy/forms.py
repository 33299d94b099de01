"""What is asked when personal data are to be erased."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from tracker.web.forms import OfficeForm, text


class ErasureForm(OfficeForm):
    reason = text(_l("Why, and who asked for it"), most=500, rows=3)
