"""Known vulnerabilities of what is shipped: the lock, compared with a checkout of the advisory database of the PyPA.

.venv/bin/python -m release.advisories FOLDER        (FOLDER holds `vulns/`; no network is asked)

Prints every advisory that concerns a locked version; ends with 1 if one is not among the reviewed ones below. It knows
no more than the checkout does: take a fresh one before each release.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from release.licences import shipped

# An advisory that was read and does not concern us, and why.
REVIEWED: dict[str, str] = {}


def concerning(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Name, version and number of every advisory about a locked version that was not withdrawn."""
    by_name = {canonicalize_name(path.name): path for path in (folder / "vulns").iterdir() if path.is_dir()}
    for name, version in shipped():
        there = by_name.get(canonicalize_name(name))
        for path in sorted(there.glob("*.yaml")) if there else ():
            advisory = yaml.safe_load(path.read_text(encoding="utf-8"))
            if not advisory.get("withdrawn") and any(_is_affected(version, one) for one in advisory["affected"]):
                yield name, version, advisory["id"]


def _is_affected(version: str, affected: dict[str, Any]) -> bool:
    if version in affected.get("versions", ()):
        return True
    ranges = [one["events"] for one in affected.get("ranges", ()) if one["type"] == "ECOSYSTEM"]
    return any(_is_within(Version(version), events) for events in ranges)


def _is_within(version: Version, events: list[dict[str, str]]) -> bool:
    """Whether the last event at or before this version lets the fault in."""
    inside = False
    for event in events:
        ((what, where),) = event.items()
        try:
            at = Version("0" if where == "0" else where)
        except InvalidVersion:
            return True  # to be read by a person
        if what == "introduced" and version >= at:
            inside = True
        elif (what == "fixed" and version >= at) or (what == "last_affected" and version > at):
            inside = False
    return inside


def main() -> int:
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "vulns").is_dir():
        sys.exit(__doc__)
    found = list(concerning(Path(sys.argv[1])))
    for name, version, number in found:
        print(f"{name} {version}: {number} {REVIEWED.get(number, 'not reviewed')}")
    unreviewed = [number for _name, _version, number in found if number not in REVIEWED]
    print(f"{len(shipped())} packages, {len(found)} advisories, {len(unreviewed)} not reviewed.")
    return 1 if unreviewed else 0


if __name__ == "__main__":
    sys.exit(main())
