"""One body's figures, all of them, with how sure they are; and what the body says of them."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.errors import NotFound
from tracker.figures import labels, lines, rules, statements, tables
from tracker.figures.forms import StatementForm
from tracker.figures.measure import Group, Unit
from tracker.figures.measures import of_group
from tracker.figures.models import Dimension, Reckoning
from tracker.figures.seen import bodies_of
from tracker.figures.views import READERS, pages
from tracker.figures.views.asked import asked_count, asked_period
from tracker.people.visitors import visitor
from tracker.roles import BODY, Role
from tracker.structure.models import Body
from tracker.structure.queries import get_body
from tracker.structure.succession import is_of
from tracker.web import once
from tracker.web.filters import in_language
from tracker.web.forms import obeys
from tracker.web.gate import allow
from tracker.web.sheets import Sheet, asked_for_sheet, sheet_url
from tracker.web.sheets import tables as written

SPEAKERS = (*BODY, Role.HUB)


@pages.get("/figures/bodies/<int:body_id>")
@allow(*READERS)
def body(body_id: int) -> Any:
    """Every measure of one body with its interval and its list; what the body says stands above."""
    found, made = _get(body_id), asked_count(None)
    if made is None:
        return render_template("figures/none.html")
    period = asked_period()
    [row] = _of_body(made, period, body_id) or [tables.Figures(str(body_id), _nothing())]
    before = lines.a_year_before(made, period)
    earlier = (lines.rows_before(before, Dimension.BODY, [row.key]) or {}).get(row.key)
    if asked_for_sheet():
        return written(
            f"{in_language(found)} {made.on.isoformat()}",
            [Sheet(_("Figures"), _headers(), _cells(row, earlier)), _said(body_id)],
        )
    return render_template(
        "figures/body.html",
        body=found,
        made=made,
        row=row,
        groups=[(name, [_line(row, earlier, one) for one in of_group(group)]) for group, name in _groups()],
        before=before,
        has_before=earlier is not None,
        period=period,
        periods=labels.periods(tables.periods(made), found.congress_id),
        said=statements.of_body(body_id),
        may_state=_speaks_for(body_id),
        unit=labels.unit,
        cell_url=lambda cell: _cell_url(body_id, period, cell),
        download_url=sheet_url(),
    )


@pages.route("/figures/bodies/<int:body_id>/statement", methods=["GET", "POST"])
@allow(*SPEAKERS)
def state(body_id: int) -> Any:
    """The body's people write what their figures do not show; nothing they wrote before is overwritten."""
    found = _get(body_id)
    if not _speaks_for(body_id):
        raise NotFound
    form = StatementForm()
    by, today = visitor().actor(), clock.today()
    if form.validate_on_submit() and obeys(
        form, lambda: statements.state(found, form.text.data, by=by, on=today, at=clock.now())
    ):
        flash(_("Kept. It stands beside your figures from now on."), "ok")
        return once.done(url_for("figures.body", body_id=body_id))
    said = statements.of_body(body_id)
    if not form.is_submitted() and said:
        form.text.data = said[0].text
    return render_template("figures/state.html", form=form, body=found, said=said, longest=statements.LONGEST)


def _get(body_id: int) -> Body:
    """:raises NotFound: there is no such body, or its figures are not this visitor's to see."""
    theirs = bodies_of(visitor())
    if theirs is not None and body_id not in theirs:
        raise NotFound
    return get_body(body_id, visitor().congress_id)


def _speaks_for(body_id: int) -> bool:
    asking = visitor()
    return asking.role in SPEAKERS and is_of(asking.body_id, body_id)


def _groups() -> list[tuple[Group, str]]:
    return [(one, name) for one, name in labels.GROUPS.items() if one is not Group.ITEMS]


def _of_body(made: Reckoning, period: str, body_id: int) -> list[tables.Figures]:
    return tables.rows(made, Dimension.BODY, period=period, keys=[str(body_id)])


def _nothing() -> dict[str, int]:
    return dict.fromkeys(tables.MEASURES, 0)


def _line(row: tables.Figures, earlier: tables.Figures | None, measure: Any) -> dict[str, Any]:
    cell = lines.cell(row, measure)
    is_share = cell.whole is not None and measure.unit not in (Unit.DAYS, Unit.SIGNALS)
    return {
        "measure": measure,
        "cell": cell,
        "interval": rules.interval(cell.number, cell.whole or 0) if is_share else None,
        "before": lines.cell(earlier, measure) if earlier else None,
    }


def _cell_url(body_id: int, period: str, cell: lines.Cell) -> str:
    if not cell.number:
        return ""
    return url_for("figures.items", measure=cell.measure, by=Dimension.BODY, key=body_id, period=period)


def _said(body_id: int) -> Sheet:
    """What the body says of its figures goes wherever they go."""
    rows = [[one.version, one.on, one.by_name, one.text] for one in statements.of_body(body_id)]
    return Sheet(_("What the body says"), [_("Version"), _("Day"), _("By"), _("What the figures do not show")], rows)


def _headers() -> list[str]:
    told = [
        _("Measure"),
        _("Counted in"),
        _("Amount"),
        _("Of how many"),
        _("Per cent, or each"),
        _("At least, in per cent"),
        _("At most, in per cent"),
    ]
    return [*told, _("A year before"), _("How it is counted")]


def _cells(row: tables.Figures, earlier: tables.Figures | None) -> list[list[Any]]:
    rows = []
    for group, _name in _groups():
        for one in (_line(row, earlier, measure) for measure in of_group(group)):
            low, high = one["interval"] or ("", "")
            before = one["before"].number if one["before"] else ""
            measure = one["measure"]
            told = lines.texts(one["cell"])
            rows.append([_(measure.name), labels.unit(measure), *told, low, high, before, _(measure.how)])
    return rows
