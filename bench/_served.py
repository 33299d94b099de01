"""An application behind waitress in a process of its own, and a client that keeps its connection."""

from __future__ import annotations

import http.client
import multiprocessing
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import waitress

from tests.html import parsed

THREADS = 4
WAIT_SECONDS = 60


@contextmanager
def served(make: Callable[[int], Any]) -> Iterator[int]:
    """The port on which the WSGI application answers that `make(port)` makes in the other process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    child = multiprocessing.get_context("fork").Process(target=_serve, args=(make, port), daemon=True)
    child.start()
    try:
        _wait_for(port)
        yield port
    finally:
        child.terminate()
        child.join()


class Client:
    """Asks over one connection; keeps its cookies as a browser does, those given and those set."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Accept-Language": "zh-CN"}
        self.cookies = SimpleCookie(cookie)

    def get(self, path: str) -> bytes:
        """The page; SystemExit if it is none."""
        kept = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        self.connection.request("GET", path, headers={**self.headers, **({"Cookie": kept} if kept else {})})
        answer = self.connection.getresponse()
        for told in answer.headers.get_all("Set-Cookie", ()):
            self.cookies.load(told)
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
        return body

    def form(self, path: str) -> dict[str, str]:
        """The hidden fields of the form on this page that is sent back to it."""
        found = parsed(self.get(path).decode()).all("input")
        own = [one for one in found if one["type"] == "hidden" and one.form and one.form["action"] in ("", path)]
        return {one["name"]: one["value"] for one in own}

    def post(self, path: str, fields: dict[str, str]) -> str:
        """Where a form leads that was taken; "" where the page came back with something to say."""
        kept = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        headers = {**self.headers, "Cookie": kept, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request("POST", path, urlencode(fields), headers)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status not in (200, 302, 303):
            raise SystemExit(f"{path} answered {answer.status}")
        return answer.headers.get("Location", "") if answer.status != 200 else ""


def _serve(make: Callable[[int], Any], port: int) -> None:
    waitress.serve(make(port), host="127.0.0.1", port=port, threads=THREADS, ident=None, _quiet=True)


def _wait_for(port: int) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"nothing answers on port {port}")
