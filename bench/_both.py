"""A drill on SQLite and on PostgreSQL: an empty, migrated database of each, and a mail server that keeps count."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import databases, pgtemp
from tests.outside import MailSink
from tracker import create_app

KINDS = ("sqlite", "postgresql")


def asked(name: str, usual: int) -> int:
    """The number given on the command line as --name N."""
    return int(sys.argv[sys.argv.index(f"--{name}") + 1]) if f"--{name}" in sys.argv else usual


def kinds() -> tuple[str, ...]:
    """Both engines, or the one named with --engine."""
    return (sys.argv[sys.argv.index("--engine") + 1],) if "--engine" in sys.argv else KINDS


@contextmanager
def an_application(
    kind: str, options: dict[str, str] | None = None, **more: Any
) -> Iterator[tuple[Any, dict[str, Any], MailSink]]:
    """An application on an empty database of that kind, its settings, and the mail server it sends to.

    `options` are those of a temporary PostgreSQL, `more` settings of the application.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        MailSink.listening() as sink,
        server_of(kind, options) as server,
        databases.empty(Path(folder), server) as url,
    ):
        given = databases.settings(Path(folder), url) | {"SMTP_URL": sink.url, **more}
        databases.fill(Path(folder), url)
        app = create_app(given)
        yield app, given, sink
        databases.let_go(app)


@contextmanager
def server_of(kind: str, options: dict[str, str] | None = None) -> Iterator[str]:
    if kind == "sqlite":
        yield ""
    else:
        with pgtemp.temporary_postgresql(**options or {}) as url:
            yield url
