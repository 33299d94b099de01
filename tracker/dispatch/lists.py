"""The lists of the dispatch desk as tables: what waits for the hand-over, what a hub was given, returns to decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from tracker.dispatch.models import Assignment, BodyReturn, Part, Proposal
from tracker.structure.models import Meeting
from tracker.suggestion.models import Suggestion
from tracker.web.filters import in_language
from tracker.web.sheets import Sheet


def of_meetings(meetings: Iterable[Meeting], waiting: Mapping[int, int]) -> Sheet:
    headers = [_("Meeting"), _("Closed on"), _("Common due day"), _("Waiting (items)")]
    rows = [[in_language(one), one.closed_on, one.common_due_on, waiting.get(one.id, 0)] for one in meetings]
    return Sheet(_("Meetings"), headers, rows)


def of_returns(asked: Iterable[BodyReturn]) -> Sheet:
    headers = [_("Number"), _("Title"), _("Body"), _("Asked on"), _("Reason"), _("Proposed body")]
    rows = [
        [
            *_of(one.assignment.suggestion),
            in_language(one.assignment.body),
            one.asked_on,
            one.reason,
            in_language(one.proposed_body) if one.proposed_body else "",
        ]
        for one in asked
    ]
    return Sheet(_("Returns to decide"), headers, rows)


def to_hand_over(waiting: Iterable[Suggestion], named: Mapping[int, Sequence[Proposal]]) -> Sheet:
    """What waits in a meeting, with the bodies proposed; those without any stand in it too."""
    headers = [_("Number"), _("Title"), _("Lead deputy"), _("Answering body"), _("Co-handlers")]
    rows = []
    for one in waiting:
        proposed = named.get(one.id, ())
        answering = "; ".join(in_language(each.body) for each in proposed if each.part is not Part.CO)
        helping = "; ".join(in_language(each.body) for each in proposed if each.part is Part.CO)
        rows.append([*_of(one), one.lead_deputy.name if one.lead_deputy else "", answering, helping])
    return Sheet(_("Hand-over list"), headers, rows)


def at_the_hub(waiting: Iterable[Assignment]) -> Sheet:
    headers = [_("Number"), _("Title"), _("Lead deputy"), _("Handed over")]
    rows = []
    for one in waiting:
        lead = one.suggestion.lead_deputy
        rows.append([*_of(one.suggestion), lead.name if lead else "", one.handed_over_on])
    return Sheet(_("To be dispatched"), headers, rows)


def _of(one: Suggestion) -> list[Any]:
    return [one.number, "" if one.internal else one.title]
