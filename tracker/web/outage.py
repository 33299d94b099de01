"""When the disk is full or the database is away: said in a sentence, the text kept, and a button that sends it again.

Whether the last act was saved may be unknown (the answer to COMMIT can be lost); its token makes sending again safe.
"""

from __future__ import annotations

import errno
from typing import Any

import sqlalchemy as sa
from flask import g, render_template, request
from markupsafe import Markup

from tracker.database import db, only_reads
from tracker.web import logs
from tracker.web.typed import to_send_again, typed

RETRY_SECONDS = "30"
OF_THE_MACHINE = {
    errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM,
}  # fmt: skip
WRONG, READ_ONLY = 1, 8  # SQLite's words for a statement that is wrong, and for a write where none is allowed
CANCELED, INTERRUPTED = "57014", "interrupted"  # PostgreSQL's and SQLite's words for a statement that was given up
# For when not even a template can be opened.
PLAIN = Markup("""<!DOCTYPE html><html lang="zh-Hans-CN"><head><meta charset="utf-8"><title>503</title></head><body>
<h1>系统暂时不能读写</h1><p>磁盘已满或数据库未连接。此前已保存的内容没有丢失;请稍后再提交一次,同一表单只办理一次。</p>
<h1>The system cannot read or save just now</h1><p>The disk is full or the database is away. Nothing saved before is
lost; send the form again in a minute, it is acted on once.</p><p>{incident}</p>{typed}</body></html>""")


def is_outage(wrong: BaseException | None) -> bool:
    """Whether it is the machine's trouble, and passes: a disk that takes nothing, a database that does not answer."""
    if isinstance(wrong, OSError):
        return wrong.errno in OF_THE_MACHINE
    if isinstance(wrong, sa.exc.DBAPIError):
        return wrong.connection_invalidated or is_outage(wrong.orig)
    if isinstance(wrong, sa.exc.TimeoutError):
        return True
    driver = db.engine.dialect.loaded_dbapi
    if not isinstance(wrong, driver.OperationalError | driver.InterfaceError):
        return False
    told = getattr(wrong, "sqlite_errorcode", None)  # a page that is only looked at and writes is our own mistake
    return told != WRONG and not (told == READ_ONLY and only_reads())


def took_too_long(wrong: BaseException | None) -> bool:
    """Whether a question of a page was given up because of STATEMENT_SECONDS."""
    told = wrong.orig if isinstance(wrong, sa.exc.DBAPIError) else wrong
    if not isinstance(told, db.engine.dialect.loaded_dbapi.OperationalError):
        return False
    return getattr(told, "sqlstate", "") == CANCELED or str(told) == INTERRUPTED


def undo() -> None:
    """Roll back; a connection that is gone cannot, and is let go of."""
    try:
        db.session.rollback()
    except Exception as gone:
        if not is_outage(gone):
            raise
        db.session().invalidate()


def page(*, slow: bool = False) -> tuple[str, int, dict[str, str]]:
    """The page of an outage, or of a question that took too long: it asks the database nothing."""
    incident = logs.incident()
    logs.fault("given up" if slow else "outage", id=incident, page=request.endpoint)
    g.congress, g.visitor = None, None
    kept = typed()
    said = {"code": 503, "incident": incident, "typed": kept, "slow": slow}
    try:
        shown = render_template("errors/503.html", again=to_send_again(), **said)
    except Exception:
        items = Markup("").join(Markup("<pre>{}</pre>").format(value) for _name, value in kept)
        shown = PLAIN.format(incident=incident, typed=items)
    return shown, 503, {"Retry-After": RETRY_SECONDS}


def answered(wrong: Exception) -> Any:
    """The page if this is an outage, else None."""
    slow = took_too_long(wrong)
    if not slow and not is_outage(wrong):
        return None
    undo()
    return page(slow=slow)
