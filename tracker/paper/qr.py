"""The address a paper's code leads to, as a picture of its own."""

from __future__ import annotations

import io

import segno


def picture(address: str, kind: str) -> bytes:
    """A QR code as "svg" or "png", black on white with its quiet zone."""
    drawn = io.BytesIO()
    options = {"xmldecl": False} if kind == "svg" else {"scale": 8}
    segno.make_qr(address, error="m").save(drawn, kind=kind, border=2, **options)
    return drawn.getvalue()
