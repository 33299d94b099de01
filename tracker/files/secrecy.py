"""A file with a secrecy marking is not taken in: secret papers are handled off-line (保密法)."""

from __future__ import annotations

from pathlib import Path

from tracker.errors import N_
from tracker.files import lines, marks, rules
from tracker.files.rules import Kind
from tracker.files.zips import Refused

# Files of the old office programs are never opened; a marking with its star is found by plain search.
_OLD = tuple(
    f"{level}{star}".encode(encoding)
    for level in ("绝密", "机密", "秘密")
    for star in "★☆"
    for encoding in ("utf-16-le", "gb18030")
)


def must_carry_no_mark(path: Path, kind: Kind, name: str) -> None:
    """The refusal names the file and repeats nothing of what it says.

    :raises Refused: its name or its text carries a marking, or it is damaged.
    """
    stem = name.rpartition(".")[0] or name
    if marks.STARRED.search(stem) or marks.BRACKETED.search(stem) or marks.ALONE.fullmatch(stem):
        raise _marked(name)
    if kind is rules.OLD_OFFICE:
        if rules.search(path, _OLD):
            raise _marked(name)
    elif any(marks.any_marked(page) for page in lines.pages(path, kind)):
        raise _marked(name)


def _marked(name: str) -> Refused:
    return Refused(
        N_("%(name)s carries a secrecy marking. Nothing was stored: secret matters are handled off-line."), name=name
    )
