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
from tracker.web.site import MENU, UNDER, Site

LINES = tuple(one for _name, lines in MENU for one, _label in lines)


@dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    active: bool


@dataclass(frozen=True)
class MenuPart:
    """Lines of the menu that belong together; without a name where there is no other part."""

    name: str
    lines: tuple[MenuItem, ...]


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
    opened = tuple([name for name in LINES if name in known and gate.is_open_to(name, visitor, known)])
    place, stage = request.endpoint or "", request.blueprint or ""
    own = place if place in opened else UNDER.get(place) or UNDER.get(stage) or f"{stage}.index"
    present = own if own in opened else ""
    return _kept((opened, present), "layouts/_menu.html", lambda: {"menu": _parts(opened, present)})


def _parts(opened: tuple[str, ...], present: str) -> list[MenuPart]:
    parts = []
    for name, lines in MENU:
        found = [MenuItem(str(label), url_for(one), one == present) for one, label in lines if one in opened]
        parts += [MenuPart(str(name), tuple(found))] if found else []
    return parts if len(parts) > 1 else [MenuPart("", one.lines) for one in parts]


def _kept(key: tuple[Any, ...], template: str, facts: Any) -> Markup:
    whole = (*key, spoken_now(), request.script_root)
    kept: dict[Any, Markup] = current_app.extensions["frame"]
    if whole not in kept:
        kept[whole] = Markup(current_app.jinja_env.get_template(template).render(facts()))  # nosec B704 - our own
    return kept[whole]
