"""Files that go with letters: made once, kept once, and the same bytes at every try."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from tracker.database import db
from tracker.errors import NotFound
from tracker.mail.models import Enclosure, LetterEnclosure
from tracker.mail.rules import one_line


def keep(key: str, name: str, media_type: str, make: Callable[[], bytes]) -> int:
    """The id of the file under this key; it is made only where nobody has kept it yet."""
    known = _known(key)
    if (found := db.session.scalar(known)) is not None:
        return found
    content = make()
    row = {"key": key, "name": one_line(name, 120), "media_type": media_type, "size": len(content), "content": content}
    db.session.execute(_insert(Enclosure, [row]))
    return db.session.scalars(known).one()


def is_kept(key: str) -> bool:
    return db.session.scalar(_known(key)) is not None


def _known(key: str) -> sa.Select[tuple[int]]:
    return sa.select(Enclosure.id).where(Enclosure.key == key)


def enclose(pairs: Iterable[tuple[int, int]]) -> None:
    """Let enclosures go with letters, (letter, enclosure) each, in the transaction in which the letters are written."""
    if rows := [{"letter_id": letter_id, "enclosure_id": enclosure_id} for letter_id, enclosure_id in pairs]:
        db.session.execute(_insert(LetterEnclosure, rows))


def of(letter_id: int) -> list[Any]:
    """Name, kind and content of what goes with a letter, always in the same order."""
    columns = (Enclosure.id, Enclosure.name, Enclosure.media_type, Enclosure.size, Enclosure.content)
    return list(db.session.execute(_of(letter_id, *columns)))


def listed(letter_id: int) -> list[Any]:
    """The same without what is in them."""
    return list(db.session.execute(_of(letter_id, Enclosure.id, Enclosure.name, Enclosure.size)))


def get(letter_id: int, enclosure_id: int) -> Any:
    """:raises NotFound: it does not go with this letter."""
    columns = (Enclosure.name, Enclosure.media_type, Enclosure.content)
    found = db.session.execute(_of(letter_id, *columns).where(Enclosure.id == enclosure_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def _of(letter_id: int, *columns: Any) -> sa.Select[Any]:
    mine = LetterEnclosure.letter_id == letter_id
    return (
        sa.select(*columns)
        .join(LetterEnclosure, LetterEnclosure.enclosure_id == Enclosure.id)
        .where(mine)
        .order_by(Enclosure.id)
    )


def _insert(table: Any, rows: list[dict[str, Any]]) -> Any:
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return dialect.insert(table).values(rows).on_conflict_do_nothing()
