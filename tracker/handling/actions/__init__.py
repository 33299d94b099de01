"""What a body does to answer, and what the office does with the answer: one module per thing the office names."""

from tracker.handling.actions.approval import approve, give_back, pass_to_leader, set_approval, take_back
from tracker.handling.actions.contact import attach_record, note_contact
from tracker.handling.actions.delivery import deliver, deliver_all
from tracker.handling.actions.extension import ask_extension, decide_extension
from tracker.handling.actions.joint import agree_to_reply, ask_agreement, refuse_agreement
from tracker.handling.actions.last_day import set_by_hand
from tracker.handling.actions.opinion import ask_opinion_again, give_opinion
from tracker.handling.actions.original import record_original
from tracker.handling.actions.progress import note_progress
from tracker.handling.actions.promising import promise
from tracker.handling.actions.publication import publish
from tracker.handling.actions.reaching import deliveries_of, lose, reach, reach_by_rating, relay
from tracker.handling.actions.reading import change_class, send_back
from tracker.handling.actions.reply import attach, detach, save_draft, submit, write_draft, write_rows
from tracker.handling.content import PointContent, ReplyContent

__all__ = [
    "PointContent",
    "ReplyContent",
    "approve",
    "agree_to_reply",
    "ask_agreement",
    "ask_extension",
    "ask_opinion_again",
    "attach",
    "attach_record",
    "change_class",
    "decide_extension",
    "deliver",
    "deliver_all",
    "deliveries_of",
    "detach",
    "give_back",
    "give_opinion",
    "lose",
    "note_contact",
    "note_progress",
    "pass_to_leader",
    "promise",
    "publish",
    "record_original",
    "reach",
    "reach_by_rating",
    "refuse_agreement",
    "relay",
    "save_draft",
    "send_back",
    "set_approval",
    "set_by_hand",
    "submit",
    "take_back",
    "write_draft",
    "write_rows",
]
