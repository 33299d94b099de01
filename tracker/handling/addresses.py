"""Where the pages of an assignment are: under the link they were opened with, or under its number."""

from __future__ import annotations

from typing import Any

from flask import url_for

from tracker.people.visitors import link_token


def address(endpoint: str, assignment: Any, **values: Any) -> str:
    """The address of a page about an assignment, so that whoever came by a mailed link stays inside it."""
    token = link_token()
    if token is not None:
        return url_for(endpoint, token=token, **values)
    return url_for(endpoint, assignment_id=assignment.id, **values)


def reply_address(endpoint: str, reply_id: int, **values: Any) -> str:
    """The same for a page about a reply."""
    token = link_token()
    if token is not None:
        return url_for(endpoint, token=token, **values)
    return url_for(endpoint, reply_id=reply_id, **values)
