"""What is asked of whoever sends a letter again."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from tracker.web.forms import OfficeForm, line


class AgainForm(OfficeForm):
    """Where a letter goes that did not arrive."""

    address = line(
        _l("Address"), most=254, required=False, hint=_l("This letter only; correct it in the address book as well.")
    )
