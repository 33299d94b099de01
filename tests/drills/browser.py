"""A browser over real connections: it keeps its cookies, may ask any host, and repeats a form until it is answered."""

from __future__ import annotations

import http.client
import re
import secrets
import time
from http.cookies import SimpleCookie
from typing import Any

PATIENCE_SECONDS = 60
HIDDEN = re.compile(r'<input[^>]*\bname="(csrf_token|press|draft_key)"[^>]*\bvalue="([^"]*)"')
TROUBLE = (500, 502, 503, 504)


class Unanswered(Exception):
    """Nobody answered for a minute."""


class Browser:
    def __init__(self, host: str, cookie: str) -> None:
        self.host = host
        self.cookies = SimpleCookie({"session": cookie})

    def get(self, address: tuple[str, int], path: str) -> tuple[int, str]:
        status, _headers, body = self._ask(address, "GET", path)
        return status, body.decode("utf-8", "replace")

    def send(self, addresses: Any, path: str, fields: dict[str, str], file: tuple[str, bytes] | None = None) -> str:
        """The same form, sent to the next of these addresses until one answers; where that led.

        :raises Unanswered: no address answered in time, or one that the form is wrong.
        """
        content, kind = _multipart(fields, file)
        until, said = time.monotonic() + PATIENCE_SECONDS, ""
        while time.monotonic() < until:
            try:
                status, headers, body = self._ask(next(addresses), "POST", path, content, kind)
            except OSError as wrong:
                said = repr(wrong)
            except http.client.HTTPException as wrong:
                said = repr(wrong)
            else:
                if status in (302, 303):
                    return headers.get("Location", "")
                said = f"{status} {body[:2000]!r}"
                if status not in TROUBLE:
                    break
            time.sleep(0.1)
        raise Unanswered(said)

    def form(self, addresses: Any, path: str) -> dict[str, str]:
        """The hidden fields of a form, from whichever host answers."""
        until, said = time.monotonic() + PATIENCE_SECONDS, ""
        while time.monotonic() < until:
            try:
                status, page = self.get(next(addresses), path)
            except (OSError, http.client.HTTPException) as wrong:
                said = repr(wrong)
            else:
                if status == 200:
                    return dict(HIDDEN.findall(page))
                said = f"{status} {page[:300]}"
            time.sleep(0.1)
        raise Unanswered(said)

    def _ask(self, address: tuple[str, int], method: str, path: str, content: bytes = b"", kind: str = "") -> Any:
        connection = http.client.HTTPConnection(*address, timeout=30)
        try:
            cookie = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
            headers = {"Host": self.host, "Cookie": cookie, **({"Content-Type": kind} if kind else {})}
            connection.request(method, path, body=content or None, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            for given in answer.headers.get_all("Set-Cookie", ()):
                self.cookies.load(given)
            return answer.status, answer.headers, body
        finally:
            connection.close()


def _multipart(fields: dict[str, str], file: tuple[str, bytes] | None) -> tuple[bytes, str]:
    mark = secrets.token_hex(12)
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in fields.items()
    ]
    if file:
        head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{file[0]}"\r\n'
        parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + file[1] + b"\r\n")
    return b"".join([*parts, f"--{mark}--\r\n".encode()]), f"multipart/form-data; boundary={mark}"
