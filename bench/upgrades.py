"""Filled databases of every schema there ever was, upgraded; and upgrades of the first one, killed with kill -9.

python3 start.py bench upgrades [--kills N] [--engine sqlite|postgresql]
"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from bench._both import asked, kinds, server_of
from bench._measure import show
from tests.drills.upgrading import from_every_schema, killed_often


def main() -> None:
    rows = []
    for kind in kinds():
        with server_of(kind) as server, tempfile.TemporaryDirectory() as folder:
            begun = time.monotonic()
            found = from_every_schema(Path(folder), server)
            wrong = {revision: lost for revision, lost in found.items() if lost}
            told = killed_often(Path(folder), server, kills=asked("kills", 30), chance=random.Random(8))
            whole = {"schemas": len(found), "lost or changed": wrong or 0, **told}
            rows.append({"engine": kind, **whole, "seconds": round(time.monotonic() - begun)})
    show("every schema upgraded, and killed", rows)


if __name__ == "__main__":
    main()
