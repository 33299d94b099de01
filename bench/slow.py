"""The documented deployment under slow clients: nginx and gunicorn as in deploy/, 127.0.0.1 only.

python3 start.py bench slow [--headers N] [--bodies N] [--uploads N] [--seconds N]

First nobody, then so many connections whose headers never end, so many whose bodies trickle, and connections that only
stand open; meanwhile an ordinary visitor, from another address, asks a page again and again. Then files of 20 MB at
100 kB a second, ten at once. "worst" is the slowest page of the ordinary visitor.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench._both import asked
from bench._measure import show
from bench._slow import uploads
from tests.databases import fill, let_go, settings
from tests.deploy.site import NAME, Site, a_site, nginx_missing, pages
from tests.small_city import small_city
from tracker import create_app

TRICKLE_SECONDS = 1.0


def main() -> None:
    if why := nginx_missing():
        raise SystemExit(why)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/tracker.db"
        given = settings(Path(folder), url) | {"BASE_URL": f"https://{NAME}", "PROXIES": 1}
        fill(Path(folder), url)
        app = create_app(given)
        with app.app_context():
            city = small_city()
            seconds = asked("seconds", 20)
            with a_site() as site, pages(site.socket, given, workers=2):
                rows = [_row(name, site, attack, seconds) for name, attack in attacks().items()]
                show("an ordinary visitor beside slow clients", rows)
                show("20 MB at 100 kB a second", uploads(app, city, site, asked("uploads", 10)))
        let_go(app)


def attacks() -> dict[str, Callable[[Site, threading.Event], int]]:
    headers, bodies = asked("headers", 800), asked("bodies", 300)
    return {
        "nobody": lambda _site, _enough: 0,
        f"{headers} headers that never end": lambda site, enough: _hold(site, enough, headers, _header),
        f"{bodies} bodies that trickle": lambda site, enough: _hold(site, enough, bodies, _body),
        f"{headers} that say nothing": lambda site, enough: _hold(site, enough, headers, lambda: b""),
    }


def _row(name: str, site: Site, attack: Callable[[Site, threading.Event], int], seconds: int) -> dict[str, object]:
    enough, opened = threading.Event(), []
    attacker = threading.Thread(target=lambda: opened.append(attack(site, enough)))
    attacker.start()
    times, wrong, until = [], 0, time.monotonic() + seconds
    while time.monotonic() < until:
        begun = time.perf_counter()
        try:
            answer, _body_of_page = site.ask("GET", "/healthz" if len(times) % 2 else "/account", source="127.0.0.2")
            wrong += answer.status not in (200, 302)
        except OSError:
            wrong += 1
        times.append(time.perf_counter() - begun)
        time.sleep(0.05)
    enough.set()
    attacker.join(60)
    return {
        "slow clients": name,
        "connections opened": opened[0],
        "pages": len(times),
        "failed": wrong,
        "median ms": round(statistics.median(times) * 1000),
        "worst ms": round(max(times) * 1000),
    }


def _header() -> bytes:
    return b"X-a: b\r\n"


def _body() -> bytes:
    return b"a"


def _hold(site: Site, enough: threading.Event, count: int, piece: Callable[[], bytes]) -> int:
    """So many connections kept as long as the other side lets us; each that is hung up on is opened again."""
    opened, held = 0, selectors.DefaultSelector()
    while not enough.is_set():
        while len(held.get_map()) < count and not enough.is_set():
            with contextlib.suppress(OSError):
                held.register(_open(site, piece), selectors.EVENT_READ)
                opened += 1
        for one in _ready(held):
            held.unregister(one)
            one.close()
        if piece():
            for key in list(held.get_map().values()):
                _push(held, key.fileobj, piece())
        enough.wait(TRICKLE_SECONDS)
    for key in list(held.get_map().values()):
        key.fileobj.close()  # type: ignore[union-attr]
    return opened


def _ready(held: Any) -> Iterator[Any]:
    for key, _events in held.select(0):
        with contextlib.suppress(ssl.SSLWantReadError):
            try:
                if not key.fileobj.recv(4096):
                    yield key.fileobj
            except ssl.SSLError as wrong:
                if not isinstance(wrong, ssl.SSLWantReadError):
                    yield key.fileobj
            except OSError:
                yield key.fileobj


def _push(held: Any, one: Any, piece: bytes) -> None:
    try:
        one.send(piece)
    except OSError:
        with contextlib.suppress(KeyError, ValueError):
            held.unregister(one)
        one.close()


def _open(site: Site, piece: Callable[[], bytes]) -> Any:
    """A connection of the kind: one that says nothing is not even encrypted."""
    raw = socket.create_connection(("127.0.0.1", site.https), timeout=5)
    if not piece():
        raw.setblocking(False)
        return raw
    context = ssl._create_unverified_context()
    one = context.wrap_socket(raw, server_hostname=NAME)
    head = f"POST /sign-in HTTP/1.1\r\nHost: {NAME}\r\n"
    if piece is _body:
        head += "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n"
    one.sendall(head.encode())
    one.setblocking(False)
    return one


if __name__ == "__main__":
    main()
