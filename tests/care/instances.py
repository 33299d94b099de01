"""What is counted and compared when an instance is backed up and brought back."""

import io

import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests.handling.papers import SCAN
from tracker import clock
from tracker.actor import SYSTEM
from tracker.care.doctor import examine
from tracker.database import Base, db
from tracker.files import store


def a_paper(number: int = 0):
    upload = FileStorage(io.BytesIO(SCAN + b"\n" * number), filename=f"答复{number}.pdf")
    return store.keep(upload, by=SYSTEM, at=clock.now())


def rows() -> dict[str, int]:
    counts = {name: sa.select(sa.func.count()).select_from(table) for name, table in Base.metadata.tables.items()}
    return {name: db.session.scalar(count) for name, count in counts.items()}


def files(folder) -> dict[str, bytes]:
    kept = (path for path in (folder / "files").rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept}


def problems() -> list[str]:
    return [one.kind for one in examine() if one.kind != "letters_stuck"]
