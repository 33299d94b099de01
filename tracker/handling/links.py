"""Pages opened with a mailed link stay inside it; a link that has ended says so and keeps what was typed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request

from tracker.handling.addresses import address, reply_address
from tracker.people.visitors import link_token

NOT_TYPED = ("csrf_token", "press", "version")


def keep_inside(pages: Blueprint) -> None:
    """Pages of this stage may be opened with a mailed link."""
    pages.after_request(tell_if_ended)
    pages.context_processor(_frame)


def tell_if_ended(response: Response) -> Response:
    """In place of the way to the sign-in: the link is unknown or over, what to do, and the text typed."""
    if link_token() is None or g.get("visitor") is not None or response.status_code not in (302, 401):
        return response
    typed = [(name, value) for name, value in request.form.items() if name not in NOT_TYPED and value.strip()]
    return make_response(render_template("handling/link_ended.html", typed=typed), 401)


def _frame() -> dict[str, Any]:
    """Whoever came by a link has no menu, and every address leads back through the link."""
    by_link = link_token() is not None
    return {
        "by_link": by_link,
        "frame": "layouts/plain.html" if by_link else "layouts/page.html",
        "address": address,
        "reply_address": reply_address,
    }
