"""What a person says about a ledger's layout when the alias table does not know it: a small TOML file, or the web form.

    sheet = "Sheet1"          # optional: the sheet to read
    encoding = "gb18030"      # optional: for .csv
    header_row = 2            # optional: first row with headings, counted from 1 as on the sheet

    [columns]                 # heading as printed = field; "ignore" leaves a column aside
    "Heading A" = "title"
    "Group/Heading B" = "co_bodies"    # a heading of two rows

Headings not named keep the meaning the alias table gives them.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from tracker.errors import N_
from tracker.ledgers import words
from tracker.ledgers.parts import LedgerUnreadable

_UNDECIDED = {"serial", "content", "kind", "handling"}
FIELDS = tuple(name for name in words.HEADINGS if name not in _UNDECIDED) + (
    "attitude_satisfied",
    "attitude_mostly",
    "attitude_dissatisfied",
    "ignore",
)
_KNOWN = {"sheet": str, "encoding": str, "header_row": int, "columns": dict}
_NOISE = re.compile(r"[\s*:：]+")
_ANY_NUMBER = re.compile(r"^第.*号$")
_BRACKETS = re.compile(r"[(（\[【〔][^)）\]】〕]{0,100}[)）\]】〕]")


def normal(heading: str) -> str:
    """A heading as it is compared: no spaces, no brackets with what they hold, half-width signs."""
    bare = _NOISE.sub("", _BRACKETS.sub("", unicodedata.normalize("NFKC", heading)))
    return _ANY_NUMBER.sub("第号", bare)


@dataclass(frozen=True)
class Overrides:
    """A layout said by a person; whatever is empty is recognised."""

    columns: dict[str, str] = field(default_factory=dict)
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None

    def field(self, heading: str) -> str | None:
        """The field named for a heading that has already been made normal."""
        return next((held for said, held in self.columns.items() if normal(said) == heading), None)


def read_overrides(path: Path) -> Overrides:
    """Read a --map file. Raises LedgerUnreadable if it is no TOML, or names an unknown entry or field."""
    try:
        said = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise LedgerUnreadable(N_("The layout file %(name)s cannot be read."), name=path.name) from error
    for name, value in said.items():
        if name not in _KNOWN or type(value) is not _KNOWN[name]:
            raise LedgerUnreadable(N_("The layout file's entry %(entry)s is not understood."), entry=name)
    if said.get("header_row", 1) < 1:
        raise LedgerUnreadable(N_("The layout file's entry %(entry)s is not understood."), entry="header_row")
    columns = {}
    for heading, name in said.get("columns", {}).items():
        if name not in FIELDS:
            raise LedgerUnreadable(N_("%(field)s is no field of a ledger; the fields are: %(fields)s."),
                                   field=str(name), fields=", ".join(FIELDS))  # fmt: skip
        columns[heading] = name
    return Overrides(columns, said.get("sheet"), said.get("header_row"), said.get("encoding"))
