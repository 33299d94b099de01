"""The form all forms come from: it trims, speaks the reader's language, and keeps what was typed."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from babel.support import Translations
from flask import g
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, Field, StringField, TextAreaField
from wtforms.i18n import messages_path
from wtforms.validators import InputRequired, Length, Optional

from tracker.database import Base, db
from tracker.errors import RuleBroken
from tracker.web.sentences import sentence

UNWELCOME = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+")  # all controls but tab and the ends of lines


def trimmed(value: Any) -> Any:
    """Text without control characters and outer blanks; \r\n becomes \n."""
    if not isinstance(value, str):
        return value
    text = UNWELCOME.sub("", value).replace("\r\n", "\n").strip()
    return text.encode("utf-8", "ignore").decode("utf-8")


class OfficeForm(FlaskForm):
    """Asks in the user's words. Validates form only: whether the rules allow it is the action's question."""

    class Meta(FlaskForm.Meta):
        csrf = False  # `plumbing.check_form` has looked at the token of every form before

        def get_translations(self, form: Any) -> Any:  # noqa: ARG002 - WTForms asks for it
            return _own_words(str(get_locale() or ""))

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            if issubclass(unbound_field.field_class, StringField):
                options["filters"] = [*unbound_field.kwargs.get("filters", ()), trimmed]
            return super().bind_field(form, unbound_field, options)


@cache
def _own_words(language: str) -> Any:
    """What WTForms itself says, in one language; Flask-WTF reads that file anew for every form that is sent."""
    return Translations.load(messages_path(), [language], domain="wtforms")


def line(label: Any, *, required: bool = True, most: int = 200, hint: Any = "", **more: Any) -> Any:
    """A line of text."""
    return StringField(label, [_need(label) if required else Optional(), Length(max=most)], description=hint, **more)


def text(label: Any, *, required: bool = True, most: int = 20_000, hint: Any = "", rows: int = 8) -> Any:
    """A longer text."""
    return TextAreaField(
        label,
        [_need(label) if required else Optional(), Length(max=most)],
        description=hint,
        render_kw={"rows": rows},
    )


def day(label: Any, *, required: bool = True, hint: Any = "") -> Any:
    """A day of the calendar."""
    return DayField(label, [_need(label) if required else Optional()], description=hint)


class DayField(DateField):
    """A day between 1949 and 2199; anything else is told in a sentence."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            self.data = date.fromisoformat(valuelist[0].strip())
        except ValueError:
            self.data = None
            raise ValueError(self.gettext("Not a valid date value.")) from None
        if not 1949 <= self.data.year <= 2199:
            self.data = None
            raise ValueError(self.gettext("Not a valid date value."))


class Needed(InputRequired):
    """Something must have been said; blanks and signs nobody sees are nothing."""

    def __call__(self, form: Any, field: Field) -> None:
        if field.raw_data and trimmed(field.raw_data[0]) == "":
            field.raw_data = []
        super().__call__(form, field)


def _need(label: Any) -> Needed:
    return Needed(_l("Please fill in: %(what)s.", what=label))


def obeys(form: FlaskForm, act: Any) -> bool:
    """Do the act; a rule that says no becomes a sentence on the form, which keeps what was typed.

    After a no the session is emptied: the page loads what it shows anew.
    """
    try:
        act()
    except RuleBroken as broken:
        db.session.rollback()
        db.session.expunge_all()
        if isinstance(g.get("visitor"), Base):
            db.session.add(g.visitor)
        form.form_errors.append(sentence(broken))
        return False
    return True
