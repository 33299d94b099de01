"""The sealed trail as one file that checks itself: rows, seals, verifier, and what the lines mean (docs/trail.md)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from tracker.audit import chain, verify
from tracker.settings import ROOT

VERIFIER = Path(verify.__file__)
FORMAT = ROOT / "docs/trail.md"


def write(target: IO[bytes], *, facts: bool) -> int:
    """Write what is sealed; answers how many rows. Without facts their digests stand alone, and still verify.

    Facts of the history may repeat what only the office reads (notes, reasons, internal matters).
    """
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, last in chain.last_sealed().items():
            with_facts = facts or name == "trace"
            count += _lines(made, name, (_shown(row, with_facts) for row in chain.rows(name, last_id=last)))
        _lines(made, "seal", chain.seals())
        made.write(VERIFIER, "verify.py")
        made.write(FORMAT, "FORMAT.md")
    return count


def _lines(made: zipfile.ZipFile, name: str, rows: Iterable[dict[str, Any]]) -> int:
    count = 0
    with made.open(f"{name}.jsonl", "w", force_zip64=True) as out:
        for row in rows:
            out.write(f"{verify.canonical(row)}\n".encode())
            count += 1
    return count


def _shown(row: dict[str, Any], facts: bool) -> dict[str, Any]:
    return row if facts else {name: value for name, value in row.items() if name != "facts"}
