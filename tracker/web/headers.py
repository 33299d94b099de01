"""What every answer carries: a strict content policy and no guessing."""

from __future__ import annotations

from flask import Response, g, request

from tracker.web.gate import STATIC

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
PAGES = {"Cache-Control": "no-store", "Vary": "Cookie, Accept-Language"}


def secure(response: Response) -> Response:
    """Add the headers; pages are never kept by anybody, static files for ever."""
    wanted = dict(ALWAYS)
    if request.is_secure:
        wanted["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint in STATIC:
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        wanted |= PAGES
    visitor = g.get("visitor")
    if visitor is not None and visitor.assignment_id is not None:
        wanted["Referrer-Policy"] = "no-referrer"
        response.headers.pop("Referrer-Policy", None)
    given = {name.lower() for name, _value in response.headers}
    response.headers.extend([(name, value) for name, value in wanted.items() if name.lower() not in given])
    return response
