"""The words of the printed form and of the hints, as readers see them."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tracker.errors import N_
from tracker.intake.hints import Hint
from tracker.intake.models import Nature

NATURES: dict[Nature, Any] = {
    Nature.SUGGESTION: _l("Suggestion"),
    Nature.CRITICISM: _l("Criticism"),
    Nature.OPINION: _l("Opinion"),
}
UNSOLVED_FOR: dict[str, Any] = {
    "": _l("Not said"),
    "two_years": _l("Two years"),
    "three_years": _l("Three years"),
    "longer": _l("More than three years"),
}
WISHED_WAYS: dict[str, Any] = {
    "": _l("Not said"),
    "lead": _l("One body leads, others help"),
    "separate": _l("Each body answers its part"),
}
# What a clerk decides in the face of a hint.
JUDGEMENTS: dict[str, Any] = {
    "record_anyway": _l("Record it all the same"),
    "return_to_deputy": _l("Return it to the deputy for correction"),
    "treat_as_letter": _l("Treat it as a letter"),
}
HINT_NAMES: dict[str, str] = {
    "several_matters": N_("several matters in one"),
    "personal": N_("own or a relative's matter"),
    "single_case": N_("a single case"),
    "relayed": N_("a letter passed on"),
    "complaint": N_("a complaint or an accusation"),
    "academic": N_("an academic discussion"),
    "advertising": N_("advertising"),
    "tender": N_("the outcome of a tender"),
    "beyond_powers": N_("outside this region's powers"),
    "against_law": N_("against the law"),
    "too_short": N_("very short"),
    "beyond_usual": N_("longer than usual"),
    "no_request": N_("no request"),
}
_SENTENCES: dict[str, str] = {
    "several_matters": N_("It seems to hold several matters. One matter per suggestion: several matters are several."),
    "personal": N_("It looks like the deputy's own matter or a relative's. That is no suggestion."),
    "single_case": N_(
        "It looks like a single case of a court, a procuratorate or a supervisory commission. That is no suggestion."
    ),
    "relayed": N_("It looks like a letter or petition passed on. That is no suggestion; it is treated as a letter."),
    "complaint": N_("It looks like a complaint or an accusation against somebody. That is no suggestion."),
    "academic": N_("It looks like an academic discussion. That is no suggestion."),
    "advertising": N_("It looks like advertising, or speaks for a firm's own product. That is no suggestion."),
    "tender": N_("It is about the outcome of a tender. That is no suggestion."),
    "beyond_powers": N_("It seems to ask for what is outside this region's powers."),
    "against_law": N_("It seems to ask for something the law does not allow."),
    "too_short": N_("The text is short (%(count)s characters). Do the facts, the problem and the request stand in it?"),
    "beyond_usual": N_("The text is longer than usual (%(count)s characters). The facts could go into an attachment."),
    "no_request": N_("The text asks for nothing. What is to be done about it?"),
}


def hint_sentence(hint: Hint) -> str:
    """A hint with its reason, in the reader's language."""
    return str(_(_SENTENCES[hint.kind]) % {"count": hint.count})
