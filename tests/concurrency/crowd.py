"""Many people pressing at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from werkzeug.test import TestResponse

from tests.reader import Reader
from tracker import clock
from tracker.database import db


def at_once(app: Any, moment: date | datetime, acts: list[Callable[[], Any]]) -> list[Any]:
    """Every act in a thread of its own, all let go together at that moment; what each answered, or raised."""
    db.session.commit()
    start, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def act(place: int) -> None:
        with app.app_context(), clock.at(moment):
            start.wait(20)
            try:
                answers[place] = acts[place]()
            except BaseException as wrong:
                answers[place] = wrong
            finally:
                db.session.remove()

    threads = [threading.Thread(target=act, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    raised = [answer for answer in answers if isinstance(answer, BaseException)]
    assert raised == []
    return answers


def presses(reader: Reader, path: str, data: dict[str, Any], times: int) -> list[Callable[[], TestResponse]]:
    """The same form of the same browser, sent so many times."""
    base = reader.app.config["BASE_URL"]
    cookie = reader.client.get_cookie("session", domain="127.0.0.1")

    def press() -> TestResponse:
        client = reader.app.test_client()
        if cookie is not None:
            client.set_cookie("session", cookie.value, domain="127.0.0.1")
        return client.post(path, base_url=base, data=dict(data))

    return [press] * times
