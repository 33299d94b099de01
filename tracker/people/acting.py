"""The form of a body: whoever holds a mailed link says who he is."""

from __future__ import annotations

from typing import Any

from flask import g, session
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, ValidationError

from tracker.people.visitors import link_token, visitor
from tracker.web.forms import OfficeForm, line


class ActingForm(OfficeForm):
    """A form of a body. Whoever holds a mailed link says who he is: a mailbox may be shared."""

    acting_name = line(
        _l("Your name"), most=60, hint=_l("It stands in the history; this link may be read by several people.")
    )

    office_code = StringField(
        _l("Code of your office"), description=_l("Asked once a day: several people read this mailbox.")
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if link_token() is None:
            del self.acting_name, self.office_code
            return
        if not getattr(visitor(), "is_shared", False) or (not self.is_submitted() and not visitor().asks_code()):
            del self.office_code
        if not self.is_submitted():
            self.acting_name.data = session.get("acting_name", "")

    def validate_office_code(self, _field: Any) -> None:
        """:raises ValidationError: the code is missing or wrong, and was not given earlier today."""
        if g.code_refused:
            raise ValidationError(_(g.code_refused))

    def remember_name(self) -> None:
        """So that the same browser need not ask again."""
        if link_token() is not None:
            session["acting_name"] = self.acting_name.data
