"""What is fixed: rows nobody changes any more once they are there, each with all that it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa

from tracker.audit import chain, verify
from tracker.database import Base, db
from tracker.dispatch.models import Assignment
from tracker.errors import N_
from tracker.feedback.models import Rating
from tracker.files.models import File
from tracker.handling.models import Reply, ReplyFile
from tracker.handling.queries import DELIVERED
from tracker.handling.written import ReplyVersion
from tracker.intake.models import Attachment

NAMES = {
    "reply": N_("Replies, each version as it was passed on or submitted"),
    "rating": N_("Ratings, each version"),
    "attachment": N_("Files of the suggestion"),
    "reply_file": N_("Files of delivered replies"),
    "rating_scan": N_("Signed opinion forms"),
}
OF_FILES = ("attachment", "reply_file", "rating_scan")
_FILE = (File.id, File.name, File.size, File.digest, File.stored_name)
# Named one by one: a column added later is not fixed, and alters nothing that was fixed before. What may have to be
# erased (a version's facts name contacts) is not fixed either.
_VERSION = ("id", "reply_id", "number", "kind", "text", "class_label", "on", "by_name")
_RATING = (
    "id", "reply_id", "deputy_id", "version", "attitude", "result", "contact", "answer", "overall", "comment", "reason",
    "on", "channel", "entered_by", "scan_id",
)  # fmt: skip


def _columns(table: str, names: Iterable[str]) -> list[Any]:
    return [Base.metadata.tables[table].c[name] for name in names]


@cache
def written(kind: str) -> sa.Select[Any]:
    """All things of a kind: number, suggestion, and the columns that are fixed."""
    of = Assignment.suggestion_id.label("of_suggestion")
    if kind == "reply":
        version = sa.select(of, *_columns("reply_version", _VERSION)).join(Reply, ReplyVersion.reply_id == Reply.id)
        return version.join(Assignment, Assignment.id == Reply.assignment_id)
    if kind == "rating":
        rating = sa.select(of, *_columns("rating", _RATING)).join(Reply, Rating.reply_id == Reply.id)
        return rating.join(Assignment, Assignment.id == Reply.assignment_id)
    if kind == "attachment":
        about = Attachment.suggestion_id.label("of_suggestion")
        return sa.select(about, *_FILE).join(Attachment, Attachment.file_id == File.id)
    if kind == "reply_file":
        files = sa.select(of, *_FILE).join(ReplyFile, ReplyFile.file_id == File.id)
        files = files.join(Reply, Reply.id == ReplyFile.reply_id)
        files = files.join(Assignment, Assignment.id == Reply.assignment_id)
        return files.where(Assignment.standing.in_(DELIVERED))  # before that a file may be taken off a reply sent back
    scans = sa.select(of, *_FILE).join(Rating, Rating.scan_id == File.id).join(Reply, Reply.id == Rating.reply_id)
    return scans.join(Assignment, Assignment.id == Reply.assignment_id)


def number_of(kind: str) -> Any:
    """The column a thing of a kind is numbered by."""
    return {"reply": ReplyVersion.id, "rating": Rating.id}.get(kind, File.id)


def about(kind: str, suggestion_id: int) -> sa.Select[Any]:
    """The things of a kind that belong to one suggestion."""
    asked = Attachment.suggestion_id if kind == "attachment" else Assignment.suggestion_id
    return written(kind).where(asked == suggestion_id)


def read(wanted: sa.Select[Any]) -> Iterator[tuple[int, int, str]]:
    """Number, suggestion and digest of each thing as it is now."""
    for row in db.session.execute(wanted).mappings():
        yield row["id"], row["of_suggestion"], digest_of(row)


def digest_of(row: Any) -> str:
    said = {name: value for name, value in chain.plain(row).items() if name != "of_suggestion"}
    return verify.digest(verify.canonical(said))
