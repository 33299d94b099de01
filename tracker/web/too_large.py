"""What was typed into a form that came with too large a file: read from the beginning of what was sent, and no more."""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

LOOKED_AT = 1024 * 1024  # bytes; browsers send the fields in the order of the page
_CHUNK = 64 * 1024
_MOST_FIELDS = 300


def typed_first() -> list[tuple[str, str]]:
    """Names and texts of the fields before the first large file; none of a body that is no such form."""
    boundary = request.mimetype_params.get("boundary", "") if request.mimetype == "multipart/form-data" else ""
    if not boundary or not boundary.isascii():
        return []
    decoder = MultipartDecoder(boundary.encode(), max_form_memory_size=LOOKED_AT, max_parts=_MOST_FIELDS)
    found: list[tuple[str, bytearray]] = []
    try:
        for _piece in range(LOOKED_AT // _CHUNK):
            decoder.receive_data(request.environ["wsgi.input"].read(_CHUNK) or None)
            if _is_at_end(decoder, found):
                break
    except (ValueError, OSError, RequestEntityTooLarge):
        pass  # what was understood until there is worth keeping
    return [(name, text.decode("utf-8", "replace")) for name, text in found if name]


def _is_at_end(decoder: MultipartDecoder, found: list[tuple[str, bytearray]]) -> bool:
    while not isinstance(event := decoder.next_event(), NeedData | Epilogue):
        if isinstance(event, Field):
            found.append((event.name or "", bytearray()))
        elif isinstance(event, File):
            found.append(("", bytearray()))
        elif isinstance(event, Data) and found and found[-1][0]:
            found[-1][1].extend(event.data)
    return isinstance(event, Epilogue)
