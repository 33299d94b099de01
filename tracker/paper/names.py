"""The words of papers as msgids."""

from __future__ import annotations

from tracker.errors import N_
from tracker.paper.models import PaperKind

KINDS = {
    PaperKind.NOTICE: N_("Hand-over letter"),
    PaperKind.LIST: N_("Hand-over list"),
    PaperKind.CONTACT_RECORD: N_("Record of a contact"),
    PaperKind.REPLY_LETTER: N_("Reply letter"),
    PaperKind.OPINION_FORM: N_("Opinion form"),
    PaperKind.DECISION: N_("Decision on a request"),
    PaperKind.SUGGESTION_FORM: N_("Form of the suggestion"),
    PaperKind.SUPERVISION: N_("Supervision notice"),
}
