"""A deputy across terms: the cards of one person, those that may be his, and a new one."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from tracker.structure import cards as own_cards
from tracker.structure import queries
from tracker.structure.forms import CardForm
from tracker.structure.models import Deputy
from tracker.structure.views import (
    EDITORS,
    READERS,
    SEES_CONTACTS,
    acting,
    congress_id,
    delegations_or_none,
    pages,
    terms_or_none,
    visitor,
)
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow


@pages.get("/deputies/<int:deputy_id>/cards")
@allow(*READERS)
def cards(deputy_id: int) -> Any:
    present = queries.present_term(congress_id())
    return _page(deputy_id, CardForm(term_id=present.id if present else 0))


def _page(deputy_id: int, form: CardForm) -> str:
    deputy = queries.get_deputy(deputy_id, congress_id())
    form.term_id.choices, form.delegation_id.choices = terms_or_none()[1:], delegations_or_none()
    return render_template(
        "structure/cards.html",
        deputy=deputy,
        cards=own_cards.cards(deputy),
        namesakes=own_cards.namesakes(deputy),
        form=form,
        contacts=visitor().role in SEES_CONTACTS,
    )


@pages.post("/deputies/<int:deputy_id>/cards")
@allow(*EDITORS)
def new_card(deputy_id: int) -> Any:
    form = CardForm()
    form.term_id.choices, form.delegation_id.choices = terms_or_none()[1:], delegations_or_none()
    made: list[Deputy] = []
    if form.validate_on_submit() and obeys(form, lambda: made.append(_new_card(deputy_id, form))):
        flash(_("The new card is there; the old one has ended."), "ok")
        return once.done(url_for("structure.cards", deputy_id=made[0].id))
    return _page(deputy_id, form)


def _new_card(deputy_id: int, form: CardForm) -> Deputy:
    own = congress_id()
    delegation = queries.get_delegation(form.delegation_id.data, own) if form.delegation_id.data else None
    return own_cards.new_card(
        queries.get_deputy(deputy_id, own),
        queries.get_term(form.term_id.data, own),
        card_number=form.card_number.data or None,
        delegation=delegation,
        **acting(),
    )


@pages.post("/deputies/<int:deputy_id>/cards/<int:other_id>")
@allow(*EDITORS)
def join_card(deputy_id: int, other_id: int) -> Any:
    """The two cards are one person's."""
    form, own = CardForm(), congress_id()
    deputy, other = queries.get_deputy(deputy_id, own), queries.get_deputy(other_id, own)
    if obeys(form, lambda: own_cards.join(deputy, other, **acting())):
        flash(_("Saved."), "ok")
        return once.done(url_for("structure.cards", deputy_id=deputy_id))
    return _page(deputy_id, form)


@pages.post("/deputies/<int:deputy_id>/cards/end")
@allow(*EDITORS)
def part_card(deputy_id: int) -> Any:
    """This card is somebody else's."""
    own_cards.part(queries.get_deputy(deputy_id, congress_id()), **acting())
    return once.done(url_for("structure.cards", deputy_id=deputy_id))


@pages.post("/terms/<int:term_id>/beginning")
@allow(*EDITORS)
def begin_term(term_id: int) -> Any:
    """With this term, the mandates of earlier ones have ended."""
    count = own_cards.end_earlier(queries.get_term(term_id, congress_id()), **acting())
    flash(_("%(count)s mandates of earlier terms have ended.", count=count), "ok")
    return once.done(url_for("structure.index"))
