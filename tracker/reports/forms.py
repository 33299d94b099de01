"""What is asked of whoever writes a scheme of points, begins an assessment, and gives points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, Form, FormField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from tracker.errors import N_
from tracker.figures.measure import Unit
from tracker.figures.measures import MEASURES
from tracker.reports.queries import Assessed
from tracker.reports.rules import MOST_POINTS, How
from tracker.web.forms import OfficeForm, line, trimmed

MOST_ITEMS = 20
HOW = {
    How.SHARE: N_("points × part ÷ whole"),
    How.BELOW: N_("full at a percentage, less for each point under it"),
    How.EACH: N_("less for each case"),
    How.HAND: N_("given by hand, with a reason"),
}


def _points(label: Any) -> Any:
    return DecimalField(label, [Optional(), NumberRange(-MOST_POINTS, MOST_POINTS)], places=None)


class ItemForm(Form):
    """One item; without a name there is none."""

    key = HiddenField()
    zh = StringField(_l("Name in Chinese"), [Optional(), Length(max=120)], filters=[trimmed])
    en = StringField(_l("Name in English"), [Optional(), Length(max=160)], filters=[trimmed])
    points = _points(_l("Points"))
    how = SelectField(_l("How"), choices=lambda: [(str(one), _(name)) for one, name in HOW.items()])
    measure = SelectField(_l("Figure"), choices=lambda: _measures())
    minus = _points(_l("Less"))
    full_at = _points(_l("Full at, per cent"))
    least = _points(_l("At least"))


ItemsForm = type("ItemsForm", (Form,), {f"item{number}": FormField(ItemForm) for number in range(MOST_ITEMS)})


class SchemeForm(OfficeForm):
    title_zh = line(_l("Title in Chinese"), most=160)
    title_en = line(_l("Title in English"), most=160, required=False)
    source = line(_l("Where it comes from"), most=300, required=False)
    items: Any = FormField(ItemsForm)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> SchemeForm:
        """Filled with a scheme."""
        items = {f"item{number}": one for number, one in enumerate(data.get("items", ())[:MOST_ITEMS])}
        head = {name: data.get(name, "") for name in ("title_zh", "title_en", "source")}
        return cls(data={**head, "items": items})

    def said(self) -> dict[str, Any]:
        """The scheme as data."""
        items = [_item(self.items[f"item{number}"], number) for number in range(MOST_ITEMS)]
        head = {name: self[name].data or "" for name in ("title_zh", "title_en", "source")}
        return {**head, "items": [one for one in items if one["zh"]]}


class BeginForm(OfficeForm):
    title = line(_l("Title"), most=160)
    period = SelectField(_l("Of which suggestions"))


def points_form(body: Assessed) -> Any:
    """The form for points by hand: one number and one reason for each such item."""
    fields: dict[str, Any] = {}
    for score in body.scores:
        if score.item.how is How.HAND:
            key, item = score.item.key, score.item
            given = "" if score.points is None else f"{score.points:f}"
            within = {"most": f"{item.points:f}", "least": f"{item.least:f}"}
            label = _("%(item)s: points", item=item.zh)
            hint = _("From %(least)s to %(most)s.", **within)
            needed = InputRequired(_("Please fill in: %(what)s.", what=label))
            fields[f"points_{key}"] = StringField(label, [needed, Length(max=20)], description=hint, default=given)
            fields[f"reason_{key}"] = line(_l("Why so many"), most=300, default=score.note)
    return type("PointsForm", (OfficeForm,), fields)()


def _item(part: Any, number: int) -> dict[str, Any]:
    numbers = {name: part[name].data for name in ("points", "minus", "full_at", "least")}
    said = {name: part[name].data or "" for name in ("zh", "en", "how", "measure")}
    key = part["key"].data or f"item{number}"
    return {"key": key[:40], **said, **{name: f"{value:f}" for name, value in numbers.items() if value is not None}}


def _measures() -> list[tuple[str, str]]:
    """Figures of bodies: what is counted of items as a whole is nobody's alone."""
    chosen = [one for one in MEASURES.values() if one.unit is not Unit.ITEMS]
    return [("", "—"), *((one.key, _(one.name)) for one in chosen)]
