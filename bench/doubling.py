"""Fifty forms pressed twelve times at once, and twenty whose answer was lost five times.

python3 start.py bench doubling [--forms N] [--lost N] [--engine sqlite|postgresql]
"""

from __future__ import annotations

import time

from bench._both import an_application, asked, kinds
from bench._measure import show
from tests.drills.doubling import press_often


def main() -> None:
    rows = []
    for kind in kinds():
        with an_application(kind) as (app, _given, _sink):
            begun, forms, lost = time.monotonic(), asked("forms", 50), asked("lost", 20)
            told = press_often(app, forms=forms, lost=lost)
            rows.append({"engine": kind, "forms": forms + lost, **told, "seconds": round(time.monotonic() - begun)})
    show("one form sent many times", rows)


if __name__ == "__main__":
    main()
