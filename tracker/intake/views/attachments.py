"""The files handed in with a suggestion."""

from __future__ import annotations

from typing import Any

from tracker.files import store
from tracker.intake import queries
from tracker.intake.views import pages
from tracker.people.visitors import visitor
from tracker.roles import SEES_CONTENT
from tracker.web.gate import allow, by_link


@pages.get("/attachments/<int:attachment_id>")
@pages.get("/links/<token>/attachments/<int:attachment_id>")
@by_link
@allow(*SEES_CONTENT)
def attachment(attachment_id: int, token: str | None = None) -> Any:
    """A file handed in, for those who may see its suggestion; always a download."""
    del token  # a link has said who asks before the page is reached
    return store.serve(queries.get_attached_file(attachment_id, visitor()))
