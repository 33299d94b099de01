"""What comes in is shown to the office's virus scanner, if it has one (clamd, by its INSTREAM protocol).

Where one is named and does not answer, nothing is taken in: what nobody looked at is not passed on to a hundred desks.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from typing import IO

from flask import current_app
from werkzeug.datastructures import FileStorage

from tracker.errors import N_
from tracker.files.zips import Refused
from tracker.stage import Problem

SECONDS = 30  # without a word from the scanner
_CHUNK = 256 * 1024
_LONGEST_ANSWER = 4096


def must_be_clean(upload: FileStorage, name: str) -> None:
    """Show an upload to the scanner; afterwards it is read from its beginning again.

    :raises Refused: the scanner found something, or did not look at it.
    """
    if not current_app.config["CLAMD_SOCKET"]:
        return
    upload.stream.seek(0)
    try:
        answer = _asked(b"zINSTREAM\0", upload.stream)
    except OSError as gone:
        raise _not_looked_at() from gone
    finally:
        upload.stream.seek(0)
    if answer.endswith(" FOUND"):
        virus = answer.removeprefix("stream: ").removesuffix(" FOUND")[:80]
        raise Refused(N_("%(name)s carries a virus (%(virus)s). It was not taken in."), name=name, virus=virus)
    if answer != "stream: OK":
        current_app.logger.warning("the virus scanner answers: %s", answer[:200])
        raise _not_looked_at()


def problems() -> Iterable[Problem]:
    """For the doctor: a scanner that is named but does not answer."""
    if not current_app.config["CLAMD_SOCKET"]:
        return
    try:
        answers = _asked(b"zPING\0") == "PONG"
    except OSError:
        answers = False
    if not answers:
        yield Problem("scanner_silent", N_("The virus scanner does not answer: no file can be taken in."), {})


def _not_looked_at() -> Refused:
    return Refused(
        N_("The virus scanner does not answer, so no file is taken in. Please try again later; your text is kept.")
    )


def _asked(command: bytes, content: IO[bytes] | None = None) -> str:
    with _connected(current_app.config["CLAMD_SOCKET"]) as line:
        line.sendall(command)
        if content is not None:
            _hand_over(line, content)
        said = b""
        while b"\0" not in said and len(said) < _LONGEST_ANSWER and (more := line.recv(_LONGEST_ANSWER)):
            said += more
    return said.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _hand_over(line: socket.socket, content: IO[bytes]) -> None:
    """Piece by piece, each with its length before it; the last has none. A scanner that has heard enough says why."""
    try:
        while piece := content.read(_CHUNK):
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
    except BrokenPipeError:
        pass  # it may have answered before it hung up, for instance that the file is too large for it


def _connected(where: str) -> socket.socket:
    host, colon, port = where.rpartition(":")
    if colon and port.isdigit():
        return socket.create_connection((host, int(port)), timeout=SECONDS)
    line = socket.socket(socket.AF_UNIX)
    try:
        line.settimeout(SECONDS)
        line.connect(where)
    except BaseException:
        line.close()
        raise
    return line
