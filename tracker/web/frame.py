"""What stands around every page and reads the same for many: written once, then only put in.

Nothing of a person may stand in it: a fixed part is written without the page's own variables (an unknown one is an
error), and the menu is kept by what the gate opens, not by who asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request
from markupsafe import Markup

from tracker.web import gate
from tracker.web.addresses import url_for
from tracker.web.languages import spoken_now
from tracker.web.site import APART, MENU, UNDER, Site


@dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    active: bool
    begins: bool = False


def lay(app: Flask) -> None:
    """Give every template its fixed parts and the menu."""
    app.extensions["frame"] = {}
    app.jinja_env.globals.update(fixed=fixed, main_menu=main_menu)


def fixed(template: str, site: Site | None = None) -> Markup:
    """A part that says the same to everybody who speaks this language, or everybody of this congress."""
    return _kept((template, site), template, lambda: {"site": site, "version": _version()} if site else {})


def _version() -> str:
    return str(current_app.extensions.get("version", ""))


def main_menu() -> Markup:
    """The menu of whoever asks: the pages open to him, with the present one marked."""
    visitor = g.get("visitor")
    known = current_app.view_functions
    opened = tuple([name for name, _label in MENU if name in known and gate.is_open_to(name, visitor, known)])
    place, stage = request.endpoint or "", request.blueprint or ""
    own = place if place in opened else UNDER.get(place) or UNDER.get(stage) or f"{stage}.index"
    present = own if own in opened else ""

    def items() -> dict[str, Any]:
        labels, parts = dict(MENU), [_part_of(name) for name in opened]
        begins = [before != part for before, part in zip(parts[:1] + parts, parts, strict=False)]
        lines = zip(opened, begins, strict=True)
        return {"menu": [MenuItem(str(labels[name]), url_for(name), name == present, new) for name, new in lines]}

    return _kept((opened, present), "layouts/_menu.html", items)


def _part_of(name: str) -> int:
    places = {one: place for place, (one, _label) in enumerate(MENU)}
    return sum(places[first] <= places[name] for first in APART)


def _kept(key: tuple[Any, ...], template: str, facts: Any) -> Markup:
    whole = (*key, spoken_now(), request.script_root)
    kept: dict[Any, Markup] = current_app.extensions["frame"]
    if whole not in kept:
        kept[whole] = Markup(current_app.jinja_env.get_template(template).render(facts()))  # nosec B704 - our own
    return kept[whole]
