"""Checks a sealed trail without trusting whoever made it: python3 verify.py FILE.zip [--anchor DIGEST ...]

Only the standard library of Python 3.8 or newer. What is checked, and how to write this in another language, stands in
FORMAT.md beside it. Exit 0: everything fits; 1: something was altered, and the first bad row of each table is named.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any

TABLES = ("entry", "trace")
NOTHING = "0" * 64
SEALED = ("first_id", "form", "last_id", "marks", "previous", "rows", "sealed_at", "table_name")

ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)  # made once: rows are many


def canonical(value: Any) -> str:
    return ENCODER.encode(value)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def mark(row: dict[str, Any]) -> str:
    """The digest of a row without its facts, for which their own digest stands."""
    return digest(canonical({name: value for name, value in row.items() if name != "facts"}))


def old_digest(previous: str, rows: list[dict[str, Any]]) -> str:
    """Form 1: all rows as Python wrote them, one behind the other."""
    text = previous
    for row in rows:
        at = row["at"].replace("T", " ").replace("Z", "").replace(".000000", "") + "+00:00"
        said = {name: value for name, value in {**row, "at": at}.items() if name != "facts_digest"}
        text += json.dumps(said, sort_keys=True, ensure_ascii=False)
    return digest(text)


def is_whole(seal: dict[str, Any]) -> bool:
    """Whether a seal of form 2 is as it was made."""
    return digest(canonical({name: seal[name] for name in SEALED})) == seal["digest"]


def fault_of(seal: dict[str, Any], rows: list[dict[str, Any]]) -> tuple[int, str] | None:
    """What is wrong between a seal and its rows: the first bad row (0: not known), and how."""
    if seal["form"] == 1:
        if any("facts" not in row for row in rows):
            return 0, "not to be checked without the facts"
        return None if old_digest(seal["previous"], rows) == seal["digest"] else (0, "altered")
    if not is_whole(seal):
        return 0, "the seal was altered"
    marks = {int(number): one for number, _colon, one in (pair.partition(":") for pair in seal["marks"].split())}
    there = {row["id"]: row for row in rows}
    if len(there) != len(rows):
        return 0, "added"
    for number in sorted({*marks, *there}):
        if number not in there or number not in marks:
            return number, "added" if number in there else "missing"
        row = there[number]
        if mark(row) != marks[number] or ("facts" in row and digest(canonical(row["facts"])) != row["facts_digest"]):
            return number, "altered"
    return None


def findings(
    seals: Iterable[dict[str, Any]],
    tables: dict[str, Iterable[dict[str, Any]]],
    fault_of: Callable[[Any, Any], Any] = fault_of,
) -> Iterator[dict[str, Any]]:
    """The first fault of each table; seals and rows come in the order of their numbers."""
    rows = {name: iter(tables[name]) for name in TABLES}
    waiting = {name: next(rows[name], None) for name in TABLES}
    newest, last_id, bad, before = dict.fromkeys(TABLES, NOTHING), dict.fromkeys(TABLES, 0), set(), ""
    for seal in seals:
        name, own = seal["table_name"], []
        while (row := waiting[name]) is not None and row["id"] <= seal["last_id"]:
            own.append(row)
            waiting[name] = next(rows[name], None)
        fault = fault_of(seal, own)
        first = before or digest(" ".join(newest[one] for one in TABLES))  # form 2 goes on where form 1 ended
        wanted = first if seal["form"] == 2 else newest[name] if not before else ""
        if seal["previous"] != wanted or seal["first_id"] <= last_id[name]:
            fault = (0, "the chain is broken: a seal before this one is missing or was made anew")
        if fault is not None and name not in bad:
            bad.add(name)
            yield {**{one: seal[one] for one in ("id", "first_id", "last_id")}, "table": name, "fault": fault}
        newest[name], last_id[name] = seal["digest"], seal["last_id"]
        before = seal["digest"] if seal["form"] == 2 else before
    for name, row in waiting.items():
        if row is not None and name not in bad:
            ends = {"id": 0, "first_id": row["id"], "last_id": row["id"]}
            yield {**ends, "table": name, "fault": (row["id"], "stands after the last seal")}


def main(given: list[str]) -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("file")
    asked.add_argument("--anchor", action="append", default=[], help="a digest from a letter about the trail")
    said = asked.parse_args(given)
    with zipfile.ZipFile(said.file) as export:
        parts = {name: io.TextIOWrapper(export.open(f"{name}.jsonl"), "utf-8") for name in ("seal", *TABLES)}
        seals = [json.loads(line) for line in parts["seal"]]
        found = list(findings(seals, {name: map(json.loads, parts[name]) for name in TABLES}))
    for one in found:
        row = one["fault"][0] or f"{one['first_id']} to {one['last_id']}"
        print(f"BAD {one['table']}, row {row}, seal {one['id']}: {one['fault'][1]}")
    lost = [anchor for anchor in said.anchor if anchor not in {seal["digest"] for seal in seals}]
    for anchor in lost:
        print(f"BAD anchor {anchor}: no seal has it; the end was cut off, or the chain was made anew")
    print(
        f"{len(seals)} seals checked, {len(found) + len(lost)} faults; newest {seals[-1]['digest'] if seals else '-'}"
    )
    return 1 if found or lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
