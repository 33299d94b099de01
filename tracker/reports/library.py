"""The schemes of points that come with the software: examples after three places, to be changed by an office."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "schemes"


@cache
def names() -> tuple[str, ...]:
    """The names of the examples."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def example(name: str) -> dict[str, Any]:
    """One example as data. KeyError if none has that name."""
    if name not in names():
        raise KeyError(name)
    said = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    return dict(json.loads(json.dumps(said, default=str)))
