"""How often a look-alike is one, and how many are found: precision and recall on pairs labelled by hand.

    python3 start.py bench likeness

The rules were made on the pairs marked "tune"; those marked "kept" were written afterwards. The look-up of candidates
and the scoring are timed on texts of 600 characters.
"""

from __future__ import annotations

import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench._measure import show
from tracker.search.likeness import ALIKE, Profile, likeness, profile

PAIRS = Path(__file__).resolve().parent.parent / "tests" / "search" / "pairs.toml"
KINDS = ("place", "matter", "template", "near")


@dataclass(frozen=True)
class Labelled:
    """One pair: what a person says of it, what the scoring says."""

    which: str
    kind: str
    same: bool
    score: float

    @property
    def found(self) -> bool:
        return self.score >= ALIKE


def labelled() -> list[Labelled]:
    """All pairs with their scores."""
    read: dict[str, Any] = tomllib.loads(PAIRS.read_text(encoding="utf-8"))
    known: dict[str, Profile] = {one["id"]: profile(one["title"], one["text"]) for one in read["item"]}
    return [
        Labelled(pair["set"], pair.get("kind", ""), pair["same"], likeness(*(known[one] for one in pair["of"])).score)
        for pair in read["pair"]
    ]


def precision_and_recall(pairs: list[Labelled]) -> tuple[float, float]:
    """The share of those shown that are the same matter, and the share of the same matters that are shown."""
    shown = [one for one in pairs if one.found]
    same = [one for one in pairs if one.same]
    right = sum(one.same for one in shown)
    return right / len(shown) if shown else 1.0, right / len(same) if same else 1.0


def _row(name: str, pairs: list[Labelled]) -> dict[str, object]:
    precision, recall = precision_and_recall(pairs)
    wrong = {kind: sum(one.found for one in pairs if one.kind == kind) for kind in KINDS}
    return {
        "set": name,
        "pairs": len(pairs),
        "same": sum(one.same for one in pairs),
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        **{f"wrong: {kind}": f"{wrong[kind]} of {sum(one.kind == kind for one in pairs)}" for kind in KINDS},
    }


def _milliseconds() -> float:
    """What comparing one with a suggestion of 600 characters takes, the making of its profile included."""
    read = tomllib.loads(PAIRS.read_text(encoding="utf-8"))["item"]
    text = "".join(one["text"] for one in read)[:600]
    mine = profile(read[0]["title"], text)
    began = time.perf_counter()
    for _turn in range(200):
        likeness(mine, profile(read[1]["title"], text))
    return (time.perf_counter() - began) * 1000 / 200


def main() -> None:
    pairs = labelled()
    parts = {which: [one for one in pairs if one.which == which] for which in ("tune", "kept")}
    show("look-alikes on labelled pairs", [_row("all", pairs), *(_row(which, some) for which, some in parts.items())])
    show("comparing one", [{"characters": 600, "ms": round(_milliseconds(), 2)}])


if __name__ == "__main__":
    main()
