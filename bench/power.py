"""The power goes a hundred times while people work on SQLite; and what other ways of writing would have lost.

python3 start.py bench power [--cuts N] [--suggestions N]
"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from bench._both import an_application, asked
from bench._measure import show
from tests.databases import let_go
from tests.drills.power import cut_often, cut_plain

WAYS = (("wal", "full"), ("delete", "extra"), ("wal", "normal"), ("delete", "full"), ("delete", "off"))


def main() -> None:
    begun, cuts, chance = time.monotonic(), asked("cuts", 100), random.Random(8)
    with an_application("sqlite") as (app, given, _sink):
        let_go(app)
        file = Path(str(given["DATABASE_URL"]).removeprefix("sqlite:///"))
        told = cut_often(given, file, cuts=cuts, chains=asked("suggestions", 20), chance=chance)
    show("the power goes", [{**told, "seconds": round(time.monotonic() - begun)}])
    rows = []
    for journal, synchronous in WAYS:
        with tempfile.TemporaryDirectory() as folder:
            plain = cut_plain(Path(folder) / "plain.db", journal, synchronous, acts=400, cuts=cuts, chance=chance)
        rows.append({"journal": journal, "synchronous": synchronous, **plain})
    show("ways of writing", rows)


if __name__ == "__main__":
    main()
