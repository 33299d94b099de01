"""Two hundred troubles with the disk while people work on SQLite: full, broken, not synced, no file opened, no room.

python3 start.py bench disks [--rounds N]; where one may mount a small disk, it is really full.
"""

from __future__ import annotations

import logging
import random
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bench._both import asked
from bench._measure import show
from tests import databases
from tests.drills.disks import may_mount, small_disk, trouble_often


def main() -> None:
    logging.getLogger("tracker").setLevel(logging.CRITICAL)  # every answer put off would tell where it broke
    begun, is_small = time.monotonic(), may_mount()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if is_small:
            stack.enter_context(small_disk(folder, 80))
        url = f"sqlite:///{folder / 'tracker.db'}"
        databases.fill(folder, url)
        given = databases.settings(folder, url)
        told = trouble_often(given, folder, rounds=asked("rounds", 200), chance=random.Random(8), is_small=is_small)
    show("trouble with the disk", [{**told, "really full": is_small, "seconds": round(time.monotonic() - begun)}])


if __name__ == "__main__":
    main()
