"""One timeline: the history and what was said, in the order in which it was written down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _

from tracker.register.story import Line
from tracker.remarks.said import Said
from tracker.web.filters import day


def together(entries: Sequence[Any], lines: Sequence[Line], said: Iterable[Said]) -> list[Line]:
    """The lines of history with the remarks between them; what was taken back is told without its words."""
    told = [(entry.at, line) for entry, line in zip(entries, lines, strict=True)]
    remarks = [(one.remark.at, _line(one)) for one in said]
    if not remarks:
        return list(lines)
    return [line for _at, line in sorted([*told, *remarks], key=lambda pair: pair[0])]


def _line(one: Said) -> Line:
    remark, on = one.remark, one.remark.on.isoformat()
    text = _("Remark to %(whom)s", whom=one.to) if one.to else _("A remark")
    if remark.withdrawn_at is None:
        return Line(
            on, on, one.who, _("%(remark)s (%(audience)s)", remark=text, audience=one.audience), remark.text, "info"
        )
    gone = _("Remark taken back on %(day)s", day=day(remark.withdrawn_at))
    return Line(on, on, one.who, gone, remark.withdrawn_reason, "muted")
