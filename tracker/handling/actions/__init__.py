"""What a body does to answer, and what the office does with the answer: one module per thing the office names."""

from tracker.handling.actions.contact import note_contact
from tracker.handling.actions.delivery import deliver
from tracker.handling.actions.extension import ask_extension, decide_extension
from tracker.handling.actions.joint import agree_to_reply, ask_agreement
from tracker.handling.actions.last_day import set_by_hand
from tracker.handling.actions.opinion import ask_opinion_again, give_opinion
from tracker.handling.actions.publication import publish
from tracker.handling.actions.reading import send_back
from tracker.handling.actions.reply import ReplyContent, attach, detach, save_draft, submit

__all__ = [
    "ReplyContent",
    "agree_to_reply",
    "ask_agreement",
    "ask_extension",
    "ask_opinion_again",
    "attach",
    "decide_extension",
    "deliver",
    "detach",
    "give_opinion",
    "note_contact",
    "publish",
    "save_draft",
    "send_back",
    "set_by_hand",
    "submit",
]
