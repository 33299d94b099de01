"""What the columns of a ledger are called on the page where they are confirmed."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

FIELDS: dict[str, Any] = {
    "number": _l("Number"),
    "title": _l("Title"),
    "text": _l("Text"),
    "lead_deputy": _l("Lead deputy"),
    "co_signers": _l("Co-signers"),
    "delegation": _l("Delegation"),
    "category": _l("Category"),
    "publicity": _l("May it be published?"),
    "secrecy": _l("Level of secrecy"),
    "key": _l("Key suggestion"),
    "remark": _l("Remark"),
    "lead_body": _l("Lead body"),
    "co_bodies": _l("Co-handlers"),
    "separate_bodies": _l("Bodies answering separately"),
    "proposed_body": _l("Proposed lead body"),
    "proposed_co_bodies": _l("Proposed co-handlers"),
    "handed_over_on": _l("Handed over on"),
    "due_on": _l("Reply due on"),
    "replied_on": _l("Replied on"),
    "reply_text": _l("Text of the reply"),
    "class_label": _l("Class of the reply"),
    "document_number": _l("Document number of the reply"),
    "signer": _l("Signer of the reply"),
    "signed_on": _l("Reply signed on"),
    "handler": _l("Contact person of the body"),
    "reply_publicity": _l("May the reply be published?"),
    "published_on": _l("Published on"),
    "responsible_leader": _l("Leader responsible at the body"),
    "supervising_leader": _l("Leader who supervises"),
    "satisfaction": _l("Rating of the result"),
    "satisfied": _l("Result: satisfied"),
    "mostly": _l("Result: mostly satisfied"),
    "dissatisfied": _l("Result: dissatisfied"),
    "attitude_satisfied": _l("Attitude: satisfied"),
    "attitude_mostly": _l("Attitude: mostly satisfied"),
    "attitude_dissatisfied": _l("Attitude: dissatisfied"),
    "ignore": _l("Leave this column aside"),
}
