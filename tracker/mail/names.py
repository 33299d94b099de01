"""The kinds of letters in words, for whoever looks after the outbox and does not read what the letters say."""

from __future__ import annotations

from tracker.errors import N_

KINDS = {
    "account_changed": N_("Account changed"),
    "agreement_asked": N_("Agreement to a joint reply asked"),
    "agreement_refused": N_("Agreement to a joint reply refused"),
    "asked_to_sign": N_("Co-signature asked"),
    "asked_to_withdraw": N_("Agreement to a withdrawal asked"),
    "bulletin": N_("Weekly bulletin"),
    "circulated": N_("Proposal of bodies circulated"),
    "class_changed": N_("Class of a reply changed"),
    "digest": N_("What comes due, day by day"),
    "dissatisfied": N_("A deputy is dissatisfied"),
    "extension_decided": N_("More time decided"),
    "extension_told": N_("More time: the deputy is told"),
    "handed_over": N_("Handed over to a body"),
    "handed_over_deputy": N_("Handed over: the deputy is told"),
    "lead_changed": N_("Another lead"),
    "lead_changed_deputy": N_("Another lead: the deputy is told"),
    "meeting_decided": N_("Decided by the meeting"),
    "merged": N_("Suggestions merged or separated"),
    "notice_issued": N_("Supervision notice"),
    "notice_overdue": N_("Supervision notice not answered"),
    "notice_told": N_("Supervision notice: the deputy is told"),
    "notice_withdrawn": N_("Supervision notice withdrawn"),
    "objection_settled": N_("Objection to a proposal settled"),
    "opinion_asked_again": N_("Co-handler's opinion asked again"),
    "password_forgotten": N_("Password forgotten"),
    "promises_to_judge": N_("Promises to confirm"),
    "rating_studied": N_("What the office found of a rating"),
    "recalled": N_("Taken back from a body"),
    "reply_delivered": N_("Reply delivered"),
    "reply_given_back": N_("Reply given back by the body's leader"),
    "reply_sent_back": N_("Reply sent back by the office"),
    "reply_to_approve": N_("Reply waits for approval"),
    "return_decided": N_("Return decided"),
    "returned_to_deputy": N_("Returned to the deputy"),
    "trail_sealed": N_("Seal of the trail"),
    "treated_as_letter": N_("Answered as a letter"),
    "withdrawn": N_("Suggestion withdrawn"),
    "yearly_receipt": N_("Yearly question about promises"),
}


def kind_name(kind: str) -> str:
    """A msgid; a kind of former releases is called as it was written."""
    return KINDS.get(kind, kind)
