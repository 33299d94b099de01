"""The acts of the trail and their facts in words; a word nobody knows is shown as it was written."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from tracker.audit.actions import ASIDE
from tracker.audit.models import Trace
from tracker.errors import N_
from tracker.web.lists import LISTS

ACTS = {
    "signed_in": N_("Signed in"),
    "sign_in_refused": N_("Sign-in refused"),
    "password_changed": N_("Password changed"),
    "address_changed": N_("Mail address of an account changed"),
    "factor_set": N_("Second factor set up"),
    "factor_dropped": N_("Second factor taken away"),
    "use_hint_seen": N_("Hint about an account looked at"),
    "user_added": N_("Account added"),
    "user_disabled": N_("Account disabled"),
    "user_enabled": N_("Account enabled again"),
    "user_moved": N_("Account moved to a successor body"),
    "link_printed": N_("Sign-in link printed"),
    "export": N_("Taken as a file"),
    "backed_up": N_("Everything backed up"),
    "enciphered_anew": N_("Telephones enciphered anew"),
    "restored": N_("Brought back from a backup"),
    "file_taken": N_("File downloaded"),
    "fixed": N_("Replies, ratings and files fixed"),
    "form_sent": N_("Form sent"),
    "refused": N_("Refused"),
    "personal_read": N_("Contacts of many people read"),
    "personal_searched": N_("Looked for by phone, number or address"),
    "personal_found": N_("Looked up what is held about a person"),
    "personal_erased": N_("Personal data erased"),
    "erasure_asked": N_("Erasing of personal data asked for"),
    "erasure_dropped": N_("Erasing of personal data dropped"),
    "office_code_kept": N_("Code of an office kept by its successor"),
    "office_code_made": N_("Code of an office made"),
    "signing_mode": N_("How acts are signed was chosen"),
    "rules_chosen": N_("Rule set chosen"),
    "rule_set_written": N_("Rule set written"),
    "numbering_changed": N_("Numbering changed"),
    "days_loaded": N_("Holidays loaded"),
    "ledger_imported": N_("Ledger imported"),
    "documents_taken_in": N_("Word files taken in"),
    "document_thrown_away": N_("Word file thrown away"),
    "draft_deleted": N_("Draft deleted"),
    "signed_form_kept": N_("Signed form kept"),
    "suggestion_filled": N_("Suggestion filled from a ledger"),
    "other_number_noted": N_("Number of another level noted"),
    "other_number_struck": N_("Number of another level struck"),
    "view_kept": N_("List kept under a name"),
    "view_dropped": N_("Kept list dropped"),
    "bulletin_frozen": N_("Weekly bulletin frozen"),
    "bulletin_held": N_("Letters of a bulletin held back"),
    "bulletin_corrected": N_("Weekly bulletin corrected"),
    "body_closed": N_("Body closed"),
    "body_succeeded": N_("Body succeeded by another"),
    "put_in_charge": N_("Leader put in charge"),
    "charge_ended": N_("Leader no longer in charge"),
    "paired": N_("Committee paired with a body"),
    "unpaired": N_("Pairing ended"),
    "mandates_ended": N_("Mandates ended"),
    "cards_joined": N_("Cards of one deputy joined"),
    "card_parted": N_("Card parted from another"),
    "congress_added": N_("Congress added"),
    "congress_amended": N_("Congress changed"),
    "term_added": N_("Term added"),
    "term_amended": N_("Term changed"),
    "meeting_added": N_("Meeting added"),
    "meeting_amended": N_("Meeting changed"),
    "delegation_added": N_("Delegation added"),
    "delegation_amended": N_("Delegation changed"),
    "deputy_added": N_("Deputy added"),
    "deputy_amended": N_("Deputy changed"),
    "body_added": N_("Body added"),
    "body_amended": N_("Body changed"),
    "officer_added": N_("Officer added"),
    "officer_amended": N_("Officer changed"),
}
# What left the house, and whose data was read or erased: the office's leader reads these.
LEAVING = (
    "export", "file_taken", "personal_read", "personal_searched", "personal_found", "personal_erased",
    "erasure_asked", "erasure_dropped",
)  # fmt: skip
FACTS = {
    "source": N_("Address"),
    "account": N_("Account"),
    "user": N_("Account"),
    "role": N_("Role"),
    "body": N_("Body"),
    "committee": N_("Special committee"),
    "officer": N_("Officer"),
    "deputy": N_("Deputy"),
    "delegation": N_("Delegation"),
    "congress": N_("Congress"),
    "term": N_("Term"),
    "meeting": N_("Meeting"),
    "changed": N_("What was changed"),
    "what": N_("What"),
    "kind": N_("Kind"),
    "rows": N_("Number of rows"),
    "file": N_("File"),
    "filters": N_("Filters"),
    "on": N_("Day"),
    "week": N_("Week"),
    "number": N_("Number"),
    "suggestion": N_("Suggestion"),
    "document": N_("Document"),
    "two_steps": N_("Two steps"),
    "view": N_("List"),
    "page": N_("Page"),
    "name": N_("Name"),
    "people": N_("How many people"),
    "places": N_("Places"),
    "erasure": N_("Erasing"),
    "officer_id": N_("Officer"),
    "deputy_id": N_("Deputy"),
    "user_id": N_("Account"),
    "suggestion_id": N_("Suggestion"),
    "assignment_id": N_("Assignment"),
    "reply_id": N_("Reply"),
    "words": N_("Words"),
    "status": N_("Answer"),
    "method": N_("Method"),
    "more": N_("And more in this hour"),
    "tables": N_("Tables"),
}


UNTOLD = ("digests",)  # many, and for programs: they leave with the sealed trail


def act_word(act: str) -> str:
    return _(ACTS[act]) if act in ACTS else act


def told(one: Trace) -> str:
    """The facts of an act with their names in words; what lies aside is shown as long as it is there."""
    aside = {each.name: each.value for each in one.aside}
    facts = {name: _whole(name, value, aside) for name, value in one.facts.items() if name not in UNTOLD}
    named = ((_(FACTS[name]) if name in FACTS else name, value) for name, value in facts.items())
    return " · ".join(_("%(what)s: %(value)s", what=what, value=value) for what, value in named)


def _whole(name: str, value: Any, aside: dict[str, str]) -> Any:
    if name in ("page", "what") and value in LISTS:
        return LISTS[value]
    if name not in ASIDE or not str(value).startswith("sha256:"):
        return value
    return aside.get(name, _("erased"))
