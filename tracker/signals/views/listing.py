"""The list of signals: how many of each kind, and the signals themselves, narrowed as one likes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.people.visitors import visitor
from tracker.roles import BODY, OFFICE, Role
from tracker.signals import actions, lines, queries, saying
from tracker.signals.choices import chosen
from tracker.signals.known import all_kinds, find_kind
from tracker.signals.names import SHOWN
from tracker.signals.queries import Asked, Counted
from tracker.signals.readers import OF_BODIES, READERS
from tracker.signals.rules import Show
from tracker.signals.views import pages
from tracker.structure.models import Branch
from tracker.structure.names import BRANCHES
from tracker.structure.queries import body_choices, meetings
from tracker.web import once
from tracker.web.commas import asked_for_commas, commas, commas_url
from tracker.web.filters import in_language
from tracker.web.gate import allow
from tracker.web.paging import asked_number, asked_page
from tracker.web.sheets import asked_for_sheet, sheet_url, workbook

FILTERS = ("show", "kind", "body", "branch", "meeting")


@dataclass(frozen=True)
class KindLine:
    """One kind with how much there is of it, and its rule."""

    counted: Counted
    name: str
    rule: str
    url: str


@pages.get("/signals")
@allow(*READERS)
def index() -> Any:
    """Hints for a person to look at, with the rule beside each and the evidence one click away."""
    asking, asked, today = visitor(), _asked(), clock.today()
    rules = _rules(asking.congress_id)
    if asked_for_sheet() or asked_for_commas():
        rows = (lines.cells(row, rules.get(row.kind, "")) for row in queries.every(asking, asked, today))
        write = workbook if asked_for_sheet() else commas
        return write(f"{_('Signs of weak handling')} {today.isoformat()}", lines.headers(), rows)
    page = queries.page_of(asking, asked, today, asked_page())
    page.rows = lines.lines(page.rows, asking)
    counted = [] if asked.kind else queries.counts(asking, asked, today)
    return render_template(
        "signals/index.html",
        page=page,
        asked=asked,
        kinds=_kind_lines(counted, rules),
        signs=sum(one.signs for one in counted),
        name=saying.name_of(asked.kind) if asked.kind else "",
        rule=rules.get(asked.kind, ""),
        shown=[(one, SHOWN[one], _list_url(show=str(one))) for one in _shows(asking)],
        is_filtered=any(value for name, value in _kept().items() if name != "show"),
        download_url=sheet_url(),
        csv_url=commas_url(),
        looks=asking.role in (*OFFICE, *BODY),
        **_choices(asking),
    )


@pages.post("/signals/seen")
@allow(*OFFICE, *BODY)
def seen() -> Any:
    """The office, or the body, has looked at what is new: it leaves the desk."""
    asking = visitor()
    body_id = asking.body_id if asking.role in BODY else None
    actions.see_all(asking.congress_id, body_id, by=asking.actor(), at=clock.now())
    flash(_("They are no longer new on the desk; the list keeps them."), "ok")
    return once.done(url_for("signals.index"))


def _asked() -> Asked:
    """What the address asks for; what is no choice asks for nothing."""
    given = request.args
    show, branch, kind = given.get("show", ""), given.get("branch", ""), given.get("kind", "")
    return Asked(
        show=Show(show) if show in set(Show) else Show.OPEN,
        kind=kind if find_kind(kind) else "",
        body_id=asked_number("body"),
        branch=Branch(branch) if branch in set(Branch) else None,
        meeting_id=asked_number("meeting"),
    )


def _kept() -> dict[str, Any]:
    return {name: request.args.get(name, "") for name in FILTERS if request.args.get(name)}


def _list_url(**asked: str) -> str:
    return url_for("signals.index", **{**_kept(), **asked})


def _shows(asking: Any) -> list[Show]:
    """Only the office and bodies say that they have looked."""
    return [one for one in Show if one is not Show.UNSEEN or asking.role in (*OFFICE, *BODY)]


def _rules(congress_id: int) -> dict[str, str]:
    return {one.kind.key: saying.rule_of(one.kind, one.set_at) for one in chosen(congress_id)}


def _kind_lines(counted: list[Counted], rules: dict[str, str]) -> list[KindLine]:
    """The kinds with most signals first."""
    found = sorted(counted, key=lambda one: (-one.signs, one.kind))
    return [
        KindLine(
            one,
            saying.name_of(one.kind),
            rules.get(one.kind, ""),
            _list_url(kind=one.kind),
        )
        for one in found
    ]


def _choices(asking: Any) -> dict[str, Any]:
    """What may be chosen: a body has nobody to choose from but itself."""
    is_one = asking.role in BODY
    own = sorted((one for one in all_kinds() if one.key in _readable_kinds(asking)), key=lambda one: one.key)
    hub_id = asking.body_id if asking.role is Role.HUB else None
    return {
        "kind_names": [(one.key, _(one.name)) for one in own],
        "bodies": [] if is_one else body_choices(asking.congress_id, hub_id=hub_id),
        "branches": [] if is_one or hub_id else [(str(one), BRANCHES[one]) for one in Branch],
        "meetings": [(one.id, in_language(one)) for one in meetings(asking.congress_id)],
    }


def _readable_kinds(asking: Any) -> tuple[str, ...]:
    is_body = asking.role in (*BODY, Role.HUB)
    return OF_BODIES if is_body else tuple(one.key for one in all_kinds())
