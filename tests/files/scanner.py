"""A virus scanner that speaks clamd's protocol over a real socket, and knows one virus."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The test file of the European Institute for Computer Antivirus Research; in two, so that no scanner stops the tests.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Scanner(socketserver.StreamRequestHandler):
    """One question: PING, or a file in pieces, each with its length before it."""

    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Listening)
        command = self._word()
        server.asked.append(command)
        if server.says is not None:
            self.wfile.write(server.says)
        elif command == b"zPING":
            self.wfile.write(b"PONG\0")
        elif command == b"zINSTREAM":
            content = b"".join(iter(self._piece, b""))
            server.seen.append(content)
            self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0")

    def _word(self) -> bytes:
        word = b""
        while (sign := self.rfile.read(1)) not in (b"\0", b""):
            word += sign
        return word

    def _piece(self) -> bytes:
        return self.rfile.read(int.from_bytes(self.rfile.read(4), "big"))


class Listening(socketserver.ThreadingUnixStreamServer):
    """`seen`: the files it was shown; `says`: what it answers instead, whatever it is asked."""

    daemon_threads = True

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), Scanner)
        self.asked: list[bytes] = []
        self.seen: list[bytes] = []
        self.says: bytes | None = None


@contextmanager
def a_scanner(path: Path) -> Iterator[Listening]:
    with Listening(path) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(5)
