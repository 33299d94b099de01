"""The pages of the structure, one module per thing the office names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, flash, g, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from tracker import clock
from tracker.actor import Actor
from tracker.database import db
from tracker.roles import OFFICE, Role
from tracker.stage import Visitor
from tracker.structure.models import Body
from tracker.structure.queries import body_choices, delegations, present_term, terms
from tracker.web import once
from tracker.web.filters import day
from tracker.web.forms import obeys

pages = Blueprint("structure", __name__, url_prefix="/structure")

EDITORS = (Role.ADMIN, Role.OFFICE_CLERK)
READERS = (Role.ADMIN, *OFFICE, Role.AUDITOR)
SEES_CONTACTS = (Role.ADMIN, *OFFICE)
NONE = (0, _l("none"))
Choices = list[tuple[int, Any]]


def visitor() -> Visitor:
    """Whoever asks; the pages of this package are for signed-in people of a congress."""
    return g.visitor


def congress_id() -> int:
    return visitor().congress_id or 0


def acting() -> dict[str, Any]:
    """Who acts, and when, as actions want to know it."""
    by: Actor = g.visitor.actor()
    return {"by": by, "at": clock.now()}


def hub_id() -> int | None:
    """The hub a visitor is limited to, if he is one's."""
    return (visitor().body_id or 0) if visitor().role is Role.HUB else None


def given(form: FlaskForm) -> dict[str, Any]:
    """What was filled in, as facts for an action; a new thing has no version yet."""
    facts = dict(form.data)
    if facts.get("version") is None:
        facts.pop("version", None)
    return facts


def bodies_or_none(kept_id: int | None = None, choices: Choices | None = None) -> Choices:
    """Bodies to choose from, none first; a body that is closed by now stays where it was chosen."""
    offered: Choices = body_choices(congress_id()) if choices is None else choices
    if kept_id and kept_id not in {number for number, _name in offered}:
        kept = db.session.get(Body, kept_id)
        offered = [*offered, *([(kept.id, kept.name)] if kept else [])]
    return [NONE, *offered]


def terms_or_none() -> Choices:
    """Terms to choose from, none first."""
    spans = [(term.id, term.ordinal, day(term.opened_on)) for term in terms(congress_id())]
    return [NONE, *((number, _("Term %(ordinal)d, from %(day)s", ordinal=n, day=since)) for number, n, since in spans)]


def delegations_or_none() -> Choices:
    """All delegations to choose from, none first; those of another than the present term say of which."""
    ordinals = {term.id: term.ordinal for term in terms(congress_id())}
    present = present_term(congress_id())
    offered: Choices = [NONE]
    for one in delegations(congress_id(), all_terms=True):
        is_past = present is not None and one.term_id not in (None, present.id)
        named = _("%(name)s, term %(ordinal)s", name=one.name, ordinal=ordinals.get(one.term_id or 0, ""))
        offered.append((one.id, named if is_past else one.name))
    return offered


def entry(
    title: str, form: FlaskForm, act: Callable[[], object], *, back: str, crumbs: Sequence[tuple[str, str]]
) -> Any:
    """A page that asks for the facts of one thing, and does the act with them."""
    if form.validate_on_submit() and obeys(form, act):
        flash(_("Saved."), "ok")
        return once.done(back)
    return render_template("layouts/entry.html", title=title, form=form, back=back, crumbs_to=crumbs)
