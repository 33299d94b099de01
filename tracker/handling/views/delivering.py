"""Each deputy is reached: what is still to be delivered, and the act of recording it one by one."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.database import db
from tracker.errors import N_, RuleBroken
from tracker.handling import actions, delivering
from tracker.handling.addresses import reply_address
from tracker.handling.delivering import Show
from tracker.handling.delivery_forms import LostForm, ReachedForm, RelayForm
from tracker.handling.models import Delivery, Way
from tracker.handling.names import LOST, REACHED
from tracker.handling.queries import get_reply
from tracker.handling.views import pages
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.web import once
from tracker.web.filters import in_language
from tracker.web.forms import obeys
from tracker.web.gate import allow, by_link
from tracker.web.paging import ROWS, Page, asked_page, first_with_total
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook

WORDS = {"reached_names": REACHED, "lost_names": LOST}


@pages.get("/deliveries")
@allow(*OFFICE, Role.HUB)
def undelivered() -> Any:
    """Replies released and not with every deputy yet, the longest waiting first."""
    asked = request.args.get("show", "")
    show = Show(asked) if asked in list(Show) else Show.OPEN
    wanted = delivering.deliveries(visitor(), show)
    if asked_for_sheet():
        return workbook(_("Deliveries"), _headers(), (_cells(one) for one in db.session.scalars(wanted).unique()))
    number = asked_page()
    rows = first_with_total(wanted.offset((number - 1) * ROWS), ROWS)
    total = rows[0][1] if rows else 0
    page = Page([row[0] for row in rows], number if rows else 1, total)
    return render_template("handling/undelivered.html", page=page, show=str(show), sheet_url=sheet_url(), **WORDS)


@pages.route("/replies/<int:reply_id>/deliveries", methods=["GET", "POST"])
@allow(*OFFICE, Role.HUB)
def deliveries(reply_id: int) -> Any:
    """Of one reply: whom it reached, how and when; and the form that records the next ones."""
    form = ReachedForm(on=clock.today())
    waiting = [one for one in delivering.of_reply(reply_id, visitor()) if one.on is None]
    form.deputies.choices = [(one.id, one.deputy.name) for one in waiting]
    if form.validate_on_submit() and obeys(form, lambda: _record(reply_id, form)):
        flash(_("Recorded."), "ok")
        return once.done(url_for("handling.deliveries", reply_id=reply_id))
    found = delivering.of_reply(reply_id, visitor())
    return render_template(
        "handling/deliveries.html",
        form=form if form.deputies.choices else None,
        rows=found,
        assignment=found[0].reply.assignment,
        suggestion=found[0].reply.assignment.suggestion,
        **WORDS,
    )


@pages.route("/deliveries/<int:delivery_id>/loss", methods=["GET", "POST"])
@allow(*OFFICE, Role.HUB)
def lose(delivery_id: int) -> Any:
    """The letter to one deputy came back: it is to be delivered again."""
    form, found = LostForm(), delivering.get_delivery(delivery_id, visitor())
    back_url = url_for("handling.deliveries", reply_id=found.reply_id)
    if form.validate_on_submit() and obeys(form, lambda: _lose(delivery_id, form)):
        flash(_("Noted: the reply is to be delivered to this deputy again."), "ok")
        return once.done(back_url)
    return render_template(
        "handling/lose.html", form=form, delivery=delivering.get_delivery(delivery_id, visitor()), back_url=back_url
    )


@pages.route("/replies/<int:reply_id>/relay", methods=["GET", "POST"])
@pages.route("/links/<token>/relay", methods=["GET", "POST"])
@by_link
@allow(Role.DEPUTY)
def relay(reply_id: int | None = None, **_link: str) -> Any:
    """The lead deputy, where the rules let him pass the reply on, says that he has."""
    form = RelayForm()
    if form.validate_on_submit() and obeys(form, lambda: _relay(reply_id)):
        flash(_("Noted: your co-signers have the reply. Thank you."), "ok")
        return once.done(reply_address("feedback.rating", get_reply(_asked_id(reply_id), visitor()).id))
    if request.method == "POST" and form.form_errors:
        return redirect(reply_address("feedback.rating", _asked_id(reply_id)))
    found = delivering.get_to_relay(reply_id, visitor())
    waiting = [one for one in actions.deliveries_of(found.id) if one.on is None and one.way is Way.RELAYED]
    return render_template(
        "handling/relay.html", form=form, reply=found, suggestion=found.assignment.suggestion, waiting=waiting
    )


def _asked_id(reply_id: int | None) -> int:
    return int(getattr(visitor(), "reply_id", None) or reply_id or 0)


def _relay(reply_id: int | None) -> None:
    found = delivering.get_to_relay(reply_id, visitor())
    actions.relay(found, found.assignment, by=visitor().actor(), on=clock.today())


def _record(reply_id: int, form: ReachedForm) -> None:
    on = form.on.data
    if on > clock.today():
        raise RuleBroken(N_("The day %(day)s lies in the future."), day=on.isoformat())
    for one in delivering.of_reply(reply_id, visitor()):
        if one.id in (form.deputies.data or ()):
            actions.reach(one, Way(form.way.data), by=visitor().actor(), on=on, note=form.note.data or "")


def _lose(delivery_id: int, form: LostForm) -> None:
    found = delivering.get_delivery(delivery_id, visitor())
    why = form.why.data or ""
    actions.lose(found, why, by=visitor().actor(), on=clock.today(), told=why)


def _headers() -> list[str]:
    return [
        _("Number"), _("Title"), _("Body"), _("Round"), _("Deputy"), _("Signed as"), _("Released on"),
        _("How it reaches the deputies"),
        _("Reached on"), _("Recorded by"), _("What came between"),
    ]  # fmt: skip


def _cells(one: Delivery) -> list[Any]:
    assignment = one.reply.assignment
    suggestion = assignment.suggestion
    is_lead = one.deputy_id == suggestion.lead_deputy_id
    return [
        suggestion.number,
        "" if suggestion.internal else suggestion.title,
        in_language(assignment.body),
        assignment.round,
        one.deputy.name,
        _("lead deputy") if is_lead else _("co-signer"),
        one.released_on,
        _(REACHED[one.way]),
        one.on,
        one.by_name if one.on else "",
        _(LOST[one.lost_why]) if one.lost_why in LOST else one.lost_why,
    ]
