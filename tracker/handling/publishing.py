"""What to look at before a reply is public: numbers that reach or name a person, and what its files tell besides.

政府信息公开条例 第十五条: what would harm a person is not made public. The telephone of the body's own contact is a
field of the letter and meant to be there; a number in the text may be anybody's.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from flask import current_app
from flask_babel import gettext as _

from tracker.contact_facts import IDENTITY, LANDLINE, MAIL, MOBILE, plain
from tracker.database import db
from tracker.files import hidden
from tracker.files.models import File
from tracker.handling.models import ReplyFile


def warnings(text: str, reply_id: int | None) -> list[str]:
    """Sentences about what a reply says of persons, in its text and behind its files; nothing if there is nothing."""
    return [*_of_text(text), *(_of_files(reply_id) if reply_id else [])]


def shortened(found: str) -> str:
    """Enough to find it in the text, not enough to call."""
    return f"{found[:3]}…{found[-2:]}"


def _of_text(text: str) -> list[str]:
    said, text = [], plain(text)
    for pattern, sentence in (
        (IDENTITY, _("The text holds an identity number: %(found)s.", found="{}")),
        (MOBILE, _("The text holds a mobile number: %(found)s.", found="{}")),
        (LANDLINE, _("The text holds a telephone number: %(found)s.", found="{}")),
        (MAIL, _("The text holds a mail address: %(found)s.", found="{}")),
    ):
        if found := sorted(set(pattern.findall(text))):
            said.append(sentence.format(", ".join(map(shortened, found[:5]))))
    return said


def _of_files(reply_id: int) -> list[str]:
    wanted = sa.select(File.name, File.stored_name, File.media_type).join(ReplyFile, ReplyFile.file_id == File.id)
    said = []
    for name, stored_name, media_type in db.session.execute(wanted.where(ReplyFile.reply_id == reply_id)):
        if told := _told_by(current_app.instance_path, stored_name, media_type):
            what = ", ".join(_(one) for one in told)
            said.append(_("The file %(name)s also tells: %(what)s.", name=name, what=what))
    return said


@lru_cache(maxsize=2_000)
def _told_by(folder: str, stored_name: str, media_type: str) -> tuple[str, ...]:
    """A stored file never changes under its name."""
    kind = hidden.kind_of(media_type)
    return tuple(hidden.told_by(Path(folder, "files", stored_name), kind)) if kind else ()
