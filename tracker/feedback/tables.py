"""The lists of ratings as files: what is awaited, who is dissatisfied, and what a deputy said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from tracker.deadlines.chosen import Aspect
from tracker.deadlines.names import ASPECTS
from tracker.feedback.models import Rating
from tracker.feedback.names import CHANNELS, VERDICTS
from tracker.handling.models import Reply
from tracker.web.filters import in_language
from tracker.web.sheets import Sheet, tables, workbook


def awaited(rows: Iterable[Any]) -> Any:
    """Ratings awaited: replies with the clock of their rating."""
    headers = [*_about(), _("Lead deputy"), _("Until")]
    return workbook(
        _("Ratings awaited"), headers, ([*_of(reply), _lead(reply), deadline.due_on] for reply, deadline in rows)
    )


def dissatisfied(rows: Iterable[Any]) -> Any:
    headers = [*_about(), _("Deputy"), *_said(), _("In his words"), _("Channel")]
    cells = ([*_of(one.reply), one.deputy.name, *_rated(one), one.comment, _(CHANNELS[one.channel])] for (one,) in rows)
    return workbook(_("Dissatisfied"), headers, cells)


def study(rows: Iterable[Any]) -> Any:
    """Dissatisfied ratings to be studied, with the last day of our own time."""
    headers = [*_about(), _("Deputy"), *_said(), _("In his words"), _("Until")]
    cells = (
        [*_of(one.reply), one.deputy.name, *_rated(one), one.comment, running.due_on if running else None]
        for one, running in rows
    )
    return workbook(_("To be studied"), headers, cells)


def changed(rows: Iterable[Any]) -> Any:
    headers = [*_about(), _("Deputy"), *_said(), _("Version"), _("Why it was changed"), _("Channel")]
    cells = (
        [*_of(one.reply), one.deputy.name, *_rated(one), one.version, one.reason, _(CHANNELS[one.channel])]
        for (one,) in rows
    )
    return workbook(_("Changed"), headers, cells)


def not_rated(rows: Iterable[Any]) -> Any:
    """Replies nobody rated in time: in no share of satisfaction."""
    headers = [*_about(), _("Lead deputy"), _("Last day to rate")]
    return workbook(_("Not rated"), headers, ([*_of(reply), _lead(reply), one.due_on] for reply, one in rows))


def mine(to_rate: Iterable[Reply], given: Iterable[Rating]) -> Any:
    """A deputy's own two lists."""
    rated = ([*_of(one.reply), *_rated(one), one.comment] for one in given)
    return tables(
        _("Ratings"),
        [
            Sheet(_("Replies to rate"), _about(), (_of(one) for one in to_rate)),
            Sheet(_("What you said"), [*_about(), *_said(), _("In your words")], rated),
        ],
    )


def _about() -> list[str]:
    return [_("Number"), _("Title"), _("Body"), _("Round")]


def _said() -> list[str]:
    return [_("Day"), *(_(ASPECTS[one]).capitalize() for one in Aspect)]


def _of(reply: Reply) -> list[Any]:
    one = reply.assignment.suggestion
    title = "" if one.internal else one.title
    return [one.number, title, in_language(reply.assignment.body), reply.assignment.round]


def _lead(reply: Reply) -> str:
    lead = reply.assignment.suggestion.lead_deputy
    return lead.name if lead else ""


def _rated(one: Rating) -> list[Any]:
    return [one.on, *(_(VERDICTS[one.said[aspect]]) if aspect in one.said else "" for aspect in Aspect)]
