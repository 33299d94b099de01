"""Steps, forms and recipients of the ladder in the reader's language; pages and letters say the same."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.deadlines.ladders import FORM_NAMES, WORDS
from tracker.errors import N_

FORMS = {str(form): name for form, name in FORM_NAMES.items()}
SECTIONS = {
    "chase": N_("Overdue: please act"),
    "urgent": N_("Due within days"),
    "soon": N_("Coming up"),
}


def form_name(form: str) -> str:
    """What a rung produces."""
    return _(FORMS[form])


def word_name(word: str) -> str:
    """Whom a word of the ladder means; a word of a newer rule set as it stands."""
    return _(WORDS[word]) if word in WORDS else word


def section_name(section: str) -> str:
    return _(SECTIONS[section])


def days_text(days_over: int) -> str:
    """Working days over the last day, or left until it when negative."""
    if days_over > 0:
        return ngettext("%(num)d working day over", "%(num)d working days over", days_over)
    if days_over == 0:
        return _("due now")
    return ngettext("%(num)d working day left", "%(num)d working days left", -days_over)
