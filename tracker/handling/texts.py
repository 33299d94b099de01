"""By which words a reply is found: those of its letter."""

from __future__ import annotations

from tracker.dispatch.models import Assignment
from tracker.handling.models import Reply
from tracker.search.rules import Kind
from tracker.search.sources import Source

TEXTS = (Source(Kind.REPLY, Reply, ("text",), owner=(Assignment, "assignment_id")),)
