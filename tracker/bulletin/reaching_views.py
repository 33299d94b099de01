"""How the bulletin reaches people: before it is made, after it went out, and on paper."""

from __future__ import annotations

from typing import Any

from flask import Response, g, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.bulletin import arranging, pack, preview, queries, sending, text
from tracker.bulletin.forms import HandingForm
from tracker.bulletin.preview import Preview
from tracker.bulletin.sending_views import BOTH, entry, own_congress
from tracker.bulletin.views import pages
from tracker.errors import NotFound
from tracker.files.rules import tidy_name
from tracker.files.store import disposition
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.web.busy import room
from tracker.web.gate import allow
from tracker.web.paging import ROWS, Page, asked_page
from tracker.web.sheets import Taken

MEDIA = {"pdf": "application/pdf", "zip": "application/zip"}


@pages.get("/bulletins/coming")
@allow(*OFFICE)
def coming() -> str:
    """Every letter of the coming issue, as it would be written now."""
    shown, skipped = _preview()
    way, q = request.args.get("way", ""), request.args.get("q", "").strip()[:60]
    lines = (
        [one for one in shown.sorted_lines() if way in ("", one.way) and q in one.named.row["name"]] if shown else []
    )
    number = min(asked_page(), max(1, -(-len(lines) // ROWS)))
    return render_template(
        "bulletin/coming.html",
        shown=shown,
        skipped=skipped,
        page=Page(lines[(number - 1) * ROWS : number * ROWS], number, len(lines)),
        way=way,
        q=q,
        way_names=text.WAYS,
        way_name=text.way_name,
        rank_name=text.rank_name,
    )


@pages.get("/bulletins/coming/officers/<int:officer_id>")
@pages.get("/bulletins/coming/deputies/<int:deputy_id>")
@allow(*OFFICE)
def coming_letter(officer_id: int = 0, deputy_id: int = 0) -> str:
    """One of these letters, word by word."""
    person_key = f"officer:{officer_id}" if officer_id else f"deputy:{deputy_id}"
    shown, _skipped = _preview()
    if shown is None:
        raise NotFound
    line, written = preview.letter(shown, person_key)
    return render_template(
        "bulletin/coming_letter.html", shown=shown, line=line, written=written, way_name=text.way_name
    )


@pages.get("/bulletins/<week>/pack")
@allow(*OFFICE, Role.HUB)
def printed_pack(week: str) -> Any:
    """The week to be printed: to a hub, what it hands on."""
    issue, rows = _deliveries(week)
    chosen = pack.to_print(rows, everybody=request.args.get("who") == "all")
    name = f"{_('Weekly bulletin no. %(number)s', number=issue.number)} {issue.week}"
    kind = "zip" if request.args.get("format") == "zip" else "pdf"
    with room():
        content = (pack.as_zip if kind == "zip" else pack.as_one)(issue, chosen, at=issue.frozen_at)
    g.taken = Taken(request.endpoint or "", len(chosen))
    answer = Response(content, mimetype=MEDIA[kind])
    answer.headers["Content-Disposition"] = disposition(tidy_name(f"{name}.{kind}"))
    return answer


@pages.get("/bulletins/<week>/readers")
@allow(*OFFICE, Role.HUB, Role.AUDITOR)
def readers(week: str) -> str:
    """Who was told what, and what arrived; to a hub, whose pages it hands on."""
    issue, rows = _deliveries(week)
    q = request.args.get("q", "").strip()[:60]
    chosen = [row for row in rows if q in row.Reader.name]
    number = min(asked_page(), max(1, -(-len(chosen) // ROWS)))
    return render_template(
        "bulletin/readers.html",
        issue=issue,
        page=Page(chosen[(number - 1) * ROWS : number * ROWS], number, len(chosen)),
        q=q,
        hold=sending.hold_of(week, issue.congress_id),
        most_in_pdf=pack.MOST_IN_PDF,
        on_paper=len(pack.to_print(rows, everybody=False)),
        may_hand=visitor().role in (*OFFICE, Role.HUB),
        rank_name=text.rank_name,
    )


@pages.route("/bulletins/<week>/readers/<int:reader_id>/handing", methods=BOTH)
@allow(*OFFICE, Role.HUB)
def handing(week: str, reader_id: int) -> Any:
    """A page was handed over on paper: to whom and when."""
    reader = queries.get_reader(queries.get_issue(week, visitor()), reader_id, visitor())
    form = HandingForm(to_name=reader.name, given_on=clock.today())
    back = url_for("bulletin.readers", week=week)
    title = _("Handed over: %(name)s", name=reader.name)
    return entry(title, form, lambda: _hand(form, week, reader_id), back=back)


def _preview() -> tuple[Preview | None, list[Any]]:
    own, today = own_congress(), clock.today()
    turn, skipped = preview.coming_turn(own, today)
    return (preview.preview(own, turn, today=today, at=clock.now()) if turn else None), skipped


def _deliveries(week: str) -> tuple[Any, Any]:
    asking = visitor()
    issue = queries.get_issue(week, asking)
    return issue, queries.deliveries(issue.id, asking.body_id if asking.role is Role.HUB else None)


def _hand(form: HandingForm, week: str, reader_id: int) -> None:
    reader = queries.get_reader(queries.get_issue(week, visitor()), reader_id, visitor())
    by, today = visitor().actor(), clock.today()
    arranging.hand_over(
        reader, form.to_name.data or "", given_on=form.given_on.data or today, by=by, on=today, at=clock.now()
    )
