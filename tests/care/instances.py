"""What is counted and compared when an instance is backed up and brought back."""

import io
import json
import tempfile
from pathlib import Path

import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests.handling.papers import SCAN
from tracker import clock
from tracker.actor import SYSTEM
from tracker.care.doctor import examine
from tracker.care.lines import write_lines
from tracker.database import Base, db
from tracker.files import store


def a_paper(number: int = 0):
    upload = FileStorage(io.BytesIO(SCAN + b"\n" * number), filename=f"答复{number}.pdf")
    return store.keep(upload, by=SYSTEM, at=clock.now())


def rows() -> dict[str, int]:
    counts = {name: sa.select(sa.func.count()).select_from(table) for name, table in Base.metadata.tables.items()}
    return {name: db.session.scalar(count) for name, count in counts.items()}


def content() -> dict[str, list[object]]:
    """Every row of every table as a backup writes it: numbers, times and digests among them."""
    db.session.rollback()
    with tempfile.TemporaryDirectory() as folder, db.engine.connect() as connection:
        write_lines(connection, Path(folder))
        said = {path.stem: path.read_text(encoding="utf-8").splitlines() for path in Path(folder).iterdir()}
    return {
        name: [json.loads(lines[0])["columns"], *map(json.loads, lines[1:])]
        for name, lines in said.items()
        if len(lines) > 1
    }


def files(folder) -> dict[str, bytes]:
    kept = (path for path in (folder / "files").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept}


def problems() -> list[str]:
    return [one.kind for one in examine() if one.kind != "letters_stuck"]
