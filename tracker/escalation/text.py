"""Steps, forms and recipients of the ladder in the reader's language; pages and letters say the same."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.errors import N_

FORMS = {
    "digest_line": N_("line in the digest"),
    "urgent_line": N_("urgent line"),
    "chase": N_("chase"),
    "draft_notice": N_("draft of a supervision notice, to be signed"),
    "request_letter": N_("draft of a letter of request, to be signed"),
    "listed": N_("listed for the directors' meeting"),
}
WORDS = {
    "handler": N_("handler"),
    "deputy_head": N_("deputy head"),
    "head": N_("head of the body"),
    "hub_office": N_("office of the hub"),
    "committee": N_("paired committee"),
    "vice_mayor": N_("vice-mayor in charge"),
    "mayor": N_("mayor"),
    "vice_president": N_("vice-president in charge"),
    "president": N_("president or chief"),
    "our_clerk": N_("our clerk"),
    "our_director": N_("our director"),
    "secretary_general": N_("secretary-general"),
    "directors_meeting": N_("directors' meeting"),
    "deputy": N_("deputy"),
    "delegation_liaison": N_("liaison of the delegation"),
}
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
