"""The register, its download, and the page of one suggestion."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask_babel import gettext as _

from tracker import clock
from tracker.database import ahead
from tracker.deadlines import lamps as light
from tracker.errors import NotFound
from tracker.ledgers import writing
from tracker.ledgers.layouts import find_layout, layouts
from tracker.people.visitors import visitor
from tracker.register import clocks, lines, names, queries, story, table, timeline
from tracker.register.asked import LONGEST_QUESTION, Asked, condition, has_more
from tracker.register.forms import SORTS, FilterForm, in_words
from tracker.register.found import marked
from tracker.register.further import LONGEST_NAME
from tracker.register.ledger import ledger
from tracker.register.offered import offered
from tracker.register.panels import panels
from tracker.remarks.queries import remarked, remarks_of
from tracker.remarks.rules import WRITERS
from tracker.remarks.said import said
from tracker.roles import OFFICE, SEES_CONTENT
from tracker.suggestion.anyone import anyone, numbers
from tracker.suggestion.front import looked_at_once
from tracker.suggestion.journey import NAMES
from tracker.suggestion.queries import get_suggestion, history, lines_of_history, signed
from tracker.suggestion.turns import turns
from tracker.web import sheets
from tracker.web.addresses import asked_here, form_of, url_for
from tracker.web.busy import room
from tracker.web.gate import allow
from tracker.web.paging import asked_page

pages = Blueprint("register", __name__)
MOST_PRINTED = 5_000


@pages.get("/suggestions")
@allow(*SEES_CONTENT)
def index() -> Any:
    if sheets.asked_for_sheet():
        return download()
    (form, asked), asking, kept = _asked(), visitor(), _kept()
    lights = light.lamps(asking.congress_id, clock.today())
    page = lines.page_of(asking, asked, lights, asked_page())
    return render_template(
        "register/index.html",
        form=form,
        page=page if not asked.q else replace(page, rows=marked(asked.q, page.rows, asking)),
        is_filtered=any(value for name, value in request.args.items() if name not in ("page", "sort")),
        has_more=has_more(asked),
        sort=asked.sort,
        sorted_by={one: url_for("register.index", **{**kept, "sort": one}) for one in SORTS},
        download_url=url_for("register.download", **kept),
        layouts=[(one, url_for("register.download", **kept, layout=one.key)) for one in layouts()],
        print_url=url_for("register.print_list", **kept),
        longest_question=LONGEST_QUESTION,
        longest_name=LONGEST_NAME,
        stages=names.stages(),
        show_url=form_of("register.show", "suggestion_id"),
    )


@pages.get("/suggestions/download")
@allow(*SEES_CONTENT)
def download() -> Any:
    """The list as it is filtered, all its pages; with `?layout=` as a ledger of the office."""
    _form, asked = _asked()
    today = clock.today()
    lights = light.lamps(visitor().congress_id, today)
    which = condition(visitor(), asked, lights)
    if said := request.args.get("layout", ""):
        if (layout := find_layout(said)) is None:
            raise NotFound
        made = ledger(layout, visitor(), which, asked, on=today)
        counted = sheets.Counted(made.rows)
        with room():
            content = writing.xlsx(layout, made.title, counted)
        return sheets.download(f"{made.title} {today.isoformat()}", content, what="register", rows=counted.rows)
    rows = queries.every(visitor(), which, lights, sort=asked.sort)
    return sheets.workbook(f"{_('Register')} {today.isoformat()}", table.headers(), table.cells(rows), what="register")


@pages.get("/suggestions/print")
@allow(*SEES_CONTENT)
def print_list() -> str:
    """The list as it is filtered, on paper: as many pages as it has rows, up to some thousands."""
    with room():
        return _printed_list()


def _printed_list() -> str:
    form, asked = _asked()
    today = clock.today()
    lights = light.lamps(visitor().congress_id, today)
    which = condition(visitor(), asked, lights)
    return render_template(
        "register/print_list.html",
        rows=list(islice(queries.every(visitor(), which, lights, sort=asked.sort), MOST_PRINTED)),
        total=queries.count(which),
        filters=in_words(form),
        order=SORTS[asked.sort],
        today=today,
        back_url=_index_url(),
        download_url=url_for("register.download", **_kept()),
        stage_names=NAMES,
    )


@pages.get("/suggestions/<int:suggestion_id>")
@allow(*SEES_CONTENT)
def show(suggestion_id: int) -> str:
    return _story("register/show.html", suggestion_id)


@pages.get("/suggestions/<int:suggestion_id>/print")
@allow(*SEES_CONTENT)
def print(suggestion_id: int) -> str:
    return _story("register/print.html", suggestion_id)


def _story(template: str, suggestion_id: int) -> str:
    """One suggestion with everything this visitor may know of it."""
    parts = [one for offer in current_app.extensions["offers"] for one in offer.parts]
    with looked_at_once({one: {"suggestion_id": suggestion_id} for one in (*parts, signed, remarked)}, visitor()):
        return _told(template, suggestion_id)


def _told(template: str, suggestion_id: int) -> str:
    asking, today = visitor(), clock.today()
    suggestion = get_suggestion(suggestion_id, asking)
    assignments = queries.assignments_of(suggestion)
    light.soon(asking.congress_id, today)
    clocks.soon(suggestion, assignments, asking)
    ahead(lines_of_history(anyone(asking)), {**numbers(asking), "suggestion_id": suggestion.id})
    running = clocks.clocks_of(suggestion, assignments, asking, light.lamps(asking.congress_id, today))
    entries = history(suggestion, asking)
    remarks = said(remarks_of(suggestion.id, asking), asking)
    around: dict[str, Any] = {}
    current_app.update_template_context(around)  # once for the page and its panels
    facts = {
        "suggestion": suggestion,
        "clocks": running,
        "panels": panels(suggestion, asking, today, around),
        "story": timeline.together(entries, story.lines(entries, assignments), remarks),
        "held": turns(entries, assignments, asking.role, today, read_by=clocks.read_by(running, assignments, asking)),
        "said": remarks,
        "may_remark": asking.role in WRITERS,
        "attachments": queries.attachments_of(suggestion),
        "stage_name": NAMES[suggestion.stage],
        "stage_look": names.STAGE_LOOKS[suggestion.stage],
        "names": names,
        "sees_remark": asking.role in OFFICE,
    }
    return str(current_app.jinja_env.get_template(template).render({**around, **facts}))


def _asked() -> tuple[FilterForm, Asked]:
    form = FilterForm.of(request.args, *offered(visitor().congress_id))
    return form, form.asked()


def _kept() -> dict[str, Any]:
    """The filters of this address, without the page."""
    return {name: value for name, value in asked_here(without=("page", "layout")).items() if value}


def _index_url() -> str:
    return url_for("register.index", **_kept())
