"""Hosts as deploy/ sets them up: gunicorn and a timetable each, on one PostgreSQL that can be restarted."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.deploy.site import ROOT, told, wait_for
from tests.outside import free_port


@dataclass
class Host:
    """A machine of its own as far as it matters: its instance folder shares nothing but `files`."""

    name: str
    folder: Path
    settings: dict[str, Any]
    port: int = field(default_factory=free_port)
    web: Any = None
    timetable: Any = None
    begun: int = 0

    @property
    def address(self) -> tuple[str, int]:
        return "127.0.0.1", self.port

    def serve(self, workers: int = 2) -> None:
        self.web = self._run("-m", "gunicorn", "-c", str(ROOT / "deploy/gunicorn.conf.py"), "app:app", workers=workers)
        wait_for(self.address, self.web)

    def ring(self) -> None:
        self.timetable = self._run("-m", "flask", "--app", "app", "scheduler")

    def kill_worker(self, chance: random.Random) -> None:
        """One web process of several; gunicorn makes another."""
        children = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text(encoding="ascii").split()
        if children:
            with suppress(ProcessLookupError):
                os.kill(int(chance.choice(children)), signal.SIGKILL)

    def kill_web(self) -> None:
        """All web processes of this host at once, and started again."""
        _kill(self.web)
        self.serve()

    def kill_timetable(self) -> None:
        _kill(self.timetable)
        self.ring()

    def end(self) -> None:
        for process in (self.web, self.timetable):
            if process is not None:
                _kill(process)

    def logs(self) -> list[str]:
        """Every line any process of this host wrote."""
        files = sorted(self.folder.glob("*.log"))
        return [line for file in files for line in file.read_text(encoding="utf-8", errors="replace").splitlines()]

    def _run(self, *command: str, workers: int = 1) -> Any:
        self.begun += 1
        more = {"WEB_SOCKET": f"127.0.0.1:{self.port}", "WEB_CONCURRENCY": str(workers), "WEB_THREADS": "4"}
        env = {**os.environ, **told(self.settings), **more, "LOG_FORMAT": "json", "INSTANCE_PATH": str(self.folder)}
        with (self.folder / f"{self.begun}.log").open("wb") as log:
            given = {"cwd": ROOT, "env": env, "stdout": log, "stderr": log, "start_new_session": True}
            return subprocess.Popen([sys.executable, *command], **given)


def _kill(process: Any) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(20)


@contextmanager
def hosts(settings: dict[str, Any], count: int) -> Iterator[list[Host]]:
    """So many hosts, all of them answering; `files` is one folder for all, as on shared storage."""
    whole = Path(tempfile.mkdtemp(prefix="dst"))
    (whole / "files").mkdir(mode=0o700)
    made = []
    for number in range(count):
        folder = whole / f"host{number}"
        folder.mkdir(mode=0o700)
        (folder / "files").symlink_to(whole / "files")
        made.append(Host(f"host{number}", folder, settings))
    try:
        for host in made:
            host.serve()
            host.ring()
        yield made
    finally:
        for host in made:
            host.end()
        shutil.rmtree(whole, ignore_errors=True)
