"""The form of a body: whoever holds a mailed link says who he is."""

from __future__ import annotations

from typing import Any

from flask import session
from flask_babel import lazy_gettext as _l

from tracker.people.visitors import link_token
from tracker.web.forms import OfficeForm, line


class ActingForm(OfficeForm):
    """A form of a body. Whoever holds a mailed link says who he is: a mailbox may be shared."""

    acting_name = line(
        _l("Your name"), most=60, hint=_l("It stands in the history; this link may be read by several people.")
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if link_token() is None:
            del self.acting_name
        elif not self.is_submitted():
            self.acting_name.data = session.get("acting_name", "")

    def remember_name(self) -> None:
        """So that the same browser need not ask again."""
        if link_token() is not None:
            session["acting_name"] = self.acting_name.data
