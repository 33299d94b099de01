"""The rule sets that come with the software: one data file each, over what the house says where they are silent."""

from __future__ import annotations

import hashlib
import json
import tomllib
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from tracker.deadlines.clauses import Rules, load_rule_set

FOLDER = Path(__file__).parent / "rulesets"
HOUSE = "house"


def names() -> list[str]:
    """The names of all rule sets that come with the software."""
    return sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != HOUSE)


def read(path: Path) -> dict[str, Any]:
    """One rule set's data, completed by the house's clocks, lights and ladder, as it is kept in the database."""
    said = _toml(path)
    house = _toml(FOLDER / f"{HOUSE}.toml")
    whole = {**said}
    for table in ("clocks", "ladder"):
        whole[table] = {**house[table], **said.get(table, {})}
    whole["lights"] = {**house["lights"], **said.get("lights", {})}
    return dict(json.loads(json.dumps(whole, default=_plain)))


def completed(data: dict[str, Any]) -> dict[str, Any]:
    """With the ladders the house has by now for what these rules do not speak of: kinds of a later version of the
    software, and what the hub itself holds. What they say of a ladder stays as they say it.
    """
    house = _toml(FOLDER / f"{HOUSE}.toml")["ladder"]
    ladders = {**house, **data["ladder"]}
    for kind in data["ladder"]:
        ours, own = _meant(house, kind), _meant(ladders, kind)
        if "hub" in ours and "hub" not in own:
            ladders[kind] = {**own, "hub": ours["hub"]}
    return {**data, "ladder": ladders}


def _meant(ladders: dict[str, Any], kind: str) -> dict[str, Any]:
    return dict(ladders.get(ladders.get(kind, {}).get("same_as", kind), {}))


@cache
def rules(name: str) -> Rules:
    """A rule set straight from its file, for when there is no database. KeyError if none has that name."""
    if name not in names():
        raise KeyError(name)
    return load_rule_set(read(FOLDER / f"{name}.toml"))


def digest(data: dict[str, Any]) -> str:
    """A fingerprint of a rule set's data; the same for the same content."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _toml(path: Path) -> dict[str, Any]:
    return _parsed(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _parsed(path: Path, _changed_at: int) -> dict[str, Any]:
    """A file read once until it changes: every rule set is laid over the same house rules."""
    with path.open("rb") as file:
        return tomllib.load(file)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a rule set cannot hold {value!r}")
