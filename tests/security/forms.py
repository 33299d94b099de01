"""A form of a page, filled in as a person would who wants it to be taken."""

from __future__ import annotations

from typing import Any

from tests.html import Document, Element
from tests.security.crawl import FORM


def forms_of(page: Document) -> list[Element]:
    """The forms of a page that do something of ours; signing out is no test of anything."""
    ours = [form for form in page.all("form") if not form["action"].startswith("http")]
    return [form for form in ours if "/sign-out" not in form["action"]]


def with_files(page: Document) -> list[tuple[Element, list[str]]]:
    """The forms that take files, each with the names of those fields."""
    found = []
    for form in forms_of(page):
        names = [one["name"] for one in page.all("input") if one.form is form and one["type"] == "file"]
        found += [(form, names)] if names else []
    return found


def filled_in(page: Document, form: Element) -> dict[str, Any]:
    """Every field but the files: what stands in it, a choice that is offered, or something that fits its kind."""
    fields: dict[str, Any] = {}
    for one in page.all("input", "select", "textarea"):
        if one.form is form and (name := one["name"]) and one["type"] not in ("file", "submit"):
            kind = one["type"] if one.tag == "input" else one.tag
            fields |= FILLED.get(kind, _text)(page, one, name, fields)
    return fields


def _text(_page: Document, one: Element, name: str, _fields: dict[str, Any]) -> dict[str, Any]:
    return {name: one["value"] or one.text or FORM.get(name.rpartition("-")[2], "x")}


def _hidden(_page: Document, one: Element, name: str, _fields: dict[str, Any]) -> dict[str, Any]:
    return {name: one["value"]}


def _day(_page: Document, one: Element, name: str, _fields: dict[str, Any]) -> dict[str, Any]:
    return {name: one["value"] or FORM.get(name.rpartition("-")[2], FORM["on"])}


def _tick(_page: Document, one: Element, name: str, fields: dict[str, Any]) -> dict[str, Any]:
    return {} if name in fields and "checked" not in one.attributes else {name: one["value"]}


def _select(page: Document, one: Element, name: str, _fields: dict[str, Any]) -> dict[str, Any]:
    after = page.elements[page.elements.index(one) + 1 :]
    options: list[Element] = []
    for other in after:
        if other.tag not in ("option", "optgroup"):
            break
        options += [other] if other.tag == "option" else []
    chosen = [option["value"] for option in options if "selected" in option.attributes]
    useful = [option["value"] for option in options if option["value"] not in ("", "0")]
    offered = [*chosen, *useful, *(option["value"] for option in options), ""]
    return {name: next((value for value in offered if value not in ("", "0")), offered[0])}


FILLED = {"hidden": _hidden, "date": _day, "select": _select, "checkbox": _tick, "radio": _tick}
