"""Taking a body from the advice into the form: an address, so that it works by a press and notes nothing."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from tracker.dispatch.advising import Named
from tracker.dispatch.forms import BodiesForm
from tracker.structure.models import Body
from tracker.web.numbers import row_number

Advised = tuple[Body, Named, str, str]


def take(form: BodiesForm) -> None:
    """What the reader took from the advice stands in the form; nothing is noted before he sends it."""
    known = {choice[0] for choice in form.other_ids.choices or []}
    lead, others = request.args.get("lead", type=row_number), request.args.getlist("also", type=row_number)
    form.lead_id.data = lead if lead in known else form.lead_id.data
    form.other_ids.data = [*dict.fromkeys([*(form.other_ids.data or []), *(one for one in others if one in known)])]


def taking(form: BodiesForm, suggestion_id: int, found: list[tuple[Body, Named]]) -> list[Advised]:
    """Each advice with the addresses that take its body as lead, or beside the lead, and keep what was taken before."""
    lead, chosen = form.lead_id.data or None, form.other_ids.data or []
    lines = []
    for body, one in found:
        others = [number for number in chosen if number != body.id]
        here: dict[str, Any] = {"suggestion_id": suggestion_id, "then": request.args.get("then")}
        as_lead = url_for("dispatch.propose", **here, lead=body.id, also=others)
        as_other = url_for("dispatch.propose", **here, lead=lead, also=[*others, body.id])
        lines.append((body, one, as_lead, as_other))
    return lines
