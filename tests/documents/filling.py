"""A document's form filled in as a browser would send it."""

from __future__ import annotations

from typing import Any

from tests.html import Document, Element
from tests.reader import Page


def filled(page: Page) -> dict[str, Any]:
    """The document's form as it stands, ready to be sent."""
    document = page.document
    form = next(form for form in document.all("form") if form["enctype"] and form["data-keep"])
    fields: dict[str, Any] = {}
    for field in document.all("input", "textarea"):
        if field.form is not form or not field["name"] or field["type"] in ("file", "hidden"):
            continue
        if field["type"] in ("checkbox", "radio"):
            if "checked" in field.attributes:
                fields[field["name"]] = field["value"] or "y"
        else:
            fields[field["name"]] = "".join(field.parts).lstrip("\r\n") if field.tag == "textarea" else field["value"]
    return fields | chosen(document, form)


def chosen(document: Document, form: Element) -> dict[str, Any]:
    """What the selects of the form stand at: the first option where none is marked, as in a browser."""
    fields: dict[str, Any] = {}
    name, several = "", False
    for element in document.elements:
        if element.tag == "select":
            name, several = (element["name"] if element.form is form else ""), "multiple" in element.attributes
            if name and several:
                fields[name] = []
        elif element.tag == "option" and name:
            if "selected" in element.attributes:
                fields[name] = [*fields[name], element["value"]] if several else element["value"]
            elif not several:
                fields.setdefault(name, element["value"])
    return fields
