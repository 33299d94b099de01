"""The public pages as a folder of plain files.

Any web server can serve it while the tracker rests, and where the tracker has no way out to the public it is carried
there. A page is written anew only when what it shows has changed; what was taken down is removed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import force_locale

from tracker.database import db, reading
from tracker.locks import locked
from tracker.public import queries
from tracker.settings import ROOT

LAYOUT = 1  # a change of the templates: every page is written anew
IN = {"zh_Hans_CN": "", "en": "en/"}  # where the pages of each language lie
WRITTEN = ".written.json"
LOCK = ".writing"
STYLES = ("tokens.css", "public.css")
Made = tuple[str, Callable[[str], str]]  # a mark of what a file shows, and what writes it in a language
NAME = re.compile(r"(?:index|meeting-\d{1,9}|\d{1,9})\.html|style\.css", re.ASCII)


def folder() -> Path:
    """Where the pages are written."""
    return Path(current_app.config["PUBLIC_DIR"] or Path(current_app.instance_path) / "public")


def behind(at: Path) -> int:
    """How many of the folder's files are no longer what the public should read, or not there yet."""
    known, wanted = _known(at), _marks(_wanted())
    return sum(known.get(name) != wanted.get(name) for name in known | wanted)


def write(at: Path) -> int:
    """Bring the folder up to date; answers how many files were written or removed.

    One writer at a time, in a transaction of its own that begins when its turn has come: nobody puts back what another
    took down. What is not saved yet is undone.

    :raises OSError: the folder cannot be written.
    """
    for below in IN.values():
        (at / below).mkdir(parents=True, exist_ok=True)
    with locked(at / LOCK), reading():
        db.session.rollback()
        try:
            return _bring_up_to_date(at, _wanted())
        finally:
            db.session.rollback()


def _bring_up_to_date(at: Path, wanted: dict[str, Made]) -> int:
    """A page that nobody knows of, because its writer was killed, goes too: only what is wanted stays."""
    known = _known(at)
    stale = [name for name in wanted if known.get(name) != wanted[name][0] or not _is_there(at, name)]
    for name in stale:
        for language, below in IN.items():
            with force_locale(language):
                _replace(at / below / name, wanted[name][1](language))
    gone = _remove_all_but(wanted, at) | (set(known) - set(wanted))
    if stale or gone:
        _replace(at / WRITTEN, json.dumps(_marks(wanted)))
    return len(stale) + len(gone)


def _wanted() -> dict[str, Made]:
    rows, style = queries.everything_up(), _style()
    meetings = queries.meetings({page.meeting_id for page in rows})
    styled = {"style.css": (_digest(style), lambda _language: style)}
    return {**_of_items(rows, meetings), **_of_lists(rows, meetings), **styled}


def _marks(wanted: dict[str, Made]) -> dict[str, str]:
    return {name: mark for name, (mark, _make) in wanted.items()}


def _is_there(at: Path, name: str) -> bool:
    return all((at / below / name).exists() for below in IN.values())


def _remove_all_but(wanted: Iterable[str], at: Path) -> set[str]:
    gone = set()
    for path in (path for below in IN.values() for path in (at / below).iterdir()):
        if _is_half(path.name) or (NAME.fullmatch(path.name) and path.name not in wanted):
            path.unlink(missing_ok=True)
            gone.add(path.name)
    return gone


def _is_half(name: str) -> bool:
    """Whether a writer that was killed left it."""
    whole = name[1:].rpartition(".")[0]
    return name.startswith(".") and (whole == WRITTEN or NAME.fullmatch(whole) is not None)


def _of_items(rows: list[Any], meetings: list[Any]) -> dict[str, Made]:
    named = {each.id: each for each in meetings}

    def making(page: Any) -> Callable[[str], str]:
        meeting = named[page.meeting_id]
        facts = {"file": f"{page.id}.html", "is_demo": meeting.is_demo, "page": page, "meeting": meeting}
        return lambda language: _page("item", language, **facts, said=queries.said(page.id))

    return {f"{page.id}.html": (_mark([page, named[page.meeting_id]]), making(page)) for page in rows}


def _of_lists(rows: list[Any], meetings: list[Any]) -> dict[str, Made]:
    by_meeting: dict[int, list[Any]] = defaultdict(list)
    for page in rows:
        by_meeting[page.meeting_id].append(page)
    delivered = queries.delivered(by_meeting)
    counts = [(each, len(by_meeting[each.id]), delivered[each.id]) for each in meetings]
    is_demo = any(each.is_demo for each in meetings)
    front: dict[str, Any] = {"file": "index.html", "is_demo": is_demo, "counts": counts}
    found: dict[str, Made] = {"index.html": (_mark(counts), lambda language: _page("index", language, **front))}

    def making(meeting: Any) -> Callable[[str], str]:
        facts = {"file": f"meeting-{meeting.id}.html", "is_demo": meeting.is_demo, "meeting": meeting}
        facts["pages"] = by_meeting[meeting.id]
        return lambda language: _page("meeting", language, **facts)

    for each in meetings:
        found[f"meeting-{each.id}.html"] = (_mark([each, *by_meeting[each.id]]), making(each))
    return found


def _page(template: str, language: str, *, file: str, **facts: Any) -> str:
    up = "../" if IN[language] else ""
    other = f"{up}{file}" if up else f"{IN['en']}{file}"
    written = current_app.jinja_env.get_template(f"public/site/{template}.html")
    return written.render(language=language, up=up, other=other, **facts)


def nothing(language: str) -> str:
    """The front page before anything was written."""
    with force_locale(language):
        return _page("index", language, file="index.html", is_demo=False, counts=[])


def missing(language: str) -> str:
    """What stands where a page was taken down, or never was."""
    with force_locale(language):
        return _page("gone", language, file="index.html", is_demo=False)


def _style() -> str:
    return "\n".join((ROOT / "static" / "css" / name).read_text(encoding="utf-8") for name in STYLES)


def _mark(facts: list[Any]) -> str:
    shown = [tuple(one) for one in facts]
    return _digest(f"{LAYOUT} {current_app.extensions.get('version', '')} {shown!r}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _known(at: Path) -> dict[str, str]:
    try:
        known = json.loads((at / WRITTEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: str(mark) for name, mark in known.items() if NAME.fullmatch(name)}


def _replace(path: Path, text: str) -> None:
    """Whole or not at all: whoever reads meanwhile reads the page before."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.write_text(text, encoding="utf-8")
    os.replace(half, path)
