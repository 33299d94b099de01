"""What is asked before a reply is public, and when it is taken down."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from tracker.public.actions import LONGEST_REASON
from tracker.web.forms import OfficeForm, line, text


class ShowForm(OfficeForm):
    """Filled with what reply and suggestion say; a person shortens it."""

    title = line(_l("Title"), most=300)
    deputies = line(_l("Deputies named"), required=False, most=300, hint=_l("Empty: no deputy is named."))
    question = text(_l("The suggestion"), required=False, rows=8)
    answer = text(_l("The reply"), rows=14, most=40_000)
    looked = BooleanField(_l("I have looked at what is named above; it may be public"))


class TakeDownForm(OfficeForm):
    reason = text(_l("Why it is taken down"), most=LONGEST_REASON, rows=2)
