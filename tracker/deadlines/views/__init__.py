"""The pages of rules and days: read by everybody, written by the administrator and the office's leader."""

from flask import Blueprint

from tracker.deadlines.text import clock_words, sentences
from tracker.roles import Role

pages = Blueprint("deadlines", __name__)
pages.add_app_template_global(sentences, "made_of")  # components/why.html asks for both, on the page of any stage
pages.add_app_template_global(clock_words, "clock_words")

WRITERS = (Role.OFFICE_LEADER, Role.ADMIN)
