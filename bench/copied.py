"""How often a reply said to be taken from another was: precision and recall on pairs labelled by hand, by threshold.

python3 start.py bench copied
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from bench._measure import show
from tracker.search.copied import COPIED, HALF, How, how_taken, letter, taken

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "search"
JUDICIAL = ("court", "procure")


@dataclass(frozen=True)
class Pair:
    """Two letters, and how the later one was made from the earlier; `how` is None for honest ones."""

    which: str
    kind: str
    earlier: str
    later: str
    how: How | None
    name: str

    @property
    def percent(self) -> int:
        return taken(letter(self.later), letter(self.earlier))


def pairs() -> list[Pair]:
    """All labelled pairs, the letters whole with their frames."""
    known, made = _read("replies.toml"), _read("replies_taken.toml")
    letters = {one["id"]: one for one in known["letter"]}
    return [*_taken(letters, known["frame"], made["taken"]), *_honest(letters, known)]


def precision_and_recall(some: list[Pair], line: int = HALF) -> tuple[float, float]:
    """Of the pairs found at this line the share that is so, and of those that are so the share found."""
    found = [one for one in some if one.percent >= line]
    are = [one for one in some if one.how]
    right = sum(one.how is not None for one in found)
    return right / len(found) if found else 1.0, right / len(are)


def _taken(letters: dict[str, Any], frames: dict[str, Any], made: list[dict[str, Any]]) -> Iterator[Pair]:
    for one in made:
        first = letters[one["from"]]
        text = one.get("text") or _rewritten(first["text"], one)
        named = {**first, "title": f"关于办好此事的{one['kind']}建议", "text": text}
        frame = "judicial" if first["id"].startswith(JUDICIAL) else "long"
        earlier, later = _framed(first, frames["plain"], 12), _framed(named, frames[frame], 207)
        yield Pair(first["set"], one["kind"], earlier, later, How(one["how"]), first["id"])


def _rewritten(text: str, made: dict[str, Any]) -> str:
    paragraphs = text.split("\n")
    chosen = made.get("order") or made.get("keep") or range(1, len(paragraphs) + 1)
    said = "\n".join(paragraphs[place - 1] for place in chosen)
    for old, new in made.get("swap", {}).items():
        said = said.replace(old, new)
    return f"{said}\n{made['rest']}" if "rest" in made else said


def _honest(letters: dict[str, Any], known: dict[str, Any]) -> Iterator[Pair]:
    for one, other in combinations(letters.values(), 2):
        family = one["id"].split("-")[0]
        if family == other["id"].split("-")[0] and (one["set"] == other["set"] or other["set"] == "near"):
            frame = known["frame"]["judicial" if family in JUDICIAL else "long"]
            name = f"{one['id']} {other['id']}"
            yield Pair(other["set"], "same bureau", _framed(one, frame, 31), _framed(other, frame, 66), None, name)
    for pair in known["honest"]:
        one, other = (letters[name] for name in pair["of"])
        frame, shared = known["frame"][pair.get("frame", "plain")], pair.get("shared", "")
        both = [_framed({**each, "text": f"{shared}\n{each['text']}"}, frame, 45) for each in (one, other)]
        kind = "shared paragraph" if shared else "same frame"
        yield Pair(one["set"], kind, both[0], both[1], None, " ".join(pair["of"]))


def _framed(one: dict[str, Any], frame: dict[str, str], number: int) -> str:
    said = {
        "who": "王建国" if number % 2 else "赵敏、周晓东",
        "title": one["title"],
        "body": one["body"],
        "number": number,
    }
    return f"{frame['before'].format(**said)}\n{one['text'].strip()}\n{frame['after'].format(**said)}"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _by_line(name: str, some: list[Pair]) -> Iterator[dict[str, object]]:
    for line in range(20, 65, 5):
        precision, recall = precision_and_recall(some, line)
        yield {"set": name, "from %": line, "precision": round(precision, 3), "recall": round(recall, 3)}


def _by_kind(some: list[Pair]) -> Iterator[dict[str, object]]:
    for kind in dict.fromkeys(one.kind for one in some):
        shares = sorted(one.percent for one in some if one.kind == kind)
        told = [how_taken(share) for share in shares]
        counted = {str(how or "nothing"): told.count(how) for how in (How.COPIED, How.HALF, None)}
        yield {"kind": kind, "pairs": len(shares), "least %": shares[0], "most %": shares[-1], **counted}


def main() -> None:
    some = pairs()
    sets = {"all": some, **{which: [one for one in some if one.which == which] for which in ("tune", "held")}}
    show("taken from another, by line", [row for name, chosen in sets.items() for row in _by_line(name, chosen)])
    show(f"by kind, copied from {COPIED}, half from {HALF}", list(_by_kind(some)))


if __name__ == "__main__":
    main()
