"""What is asked about an issue."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from tracker.web.forms import OfficeForm, text


class CorrectionForm(OfficeForm):
    text = text(
        _l("What was wrong, and what is right"),
        most=2000,
        rows=4,
        hint=_l("The issue stays as it is; this stands beside it with its day, and in the next issue."),
    )
