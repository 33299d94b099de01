"""Two tabs of one form: one saves, the other is sent as it was opened, and is refused with its text kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.documents.filling import chosen
from tests.html import Element
from tests.reader import Page, Reader


@dataclass
class Edit:
    """A form that changes something: whose it is, where it stands, what is typed into it, and how it is sent."""

    form: str  # the class of the form
    who: Reader
    path: str
    typed: str = "name"
    sent: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=lambda: [f"第{number}人写的很久的话" for number in range(20)])
    saved_by: dict[str, str] = field(default_factory=dict)  # how the first tab is sent, if otherwise
    refused: dict[str, str] = field(default_factory=dict)  # how the stale ones are sent, if otherwise
    looks_first: bool = False  # what changes is shown before it is kept
    url: str = ""  # with its question, if the form has one

    def open(self) -> Page:
        return self.who.read(self.url or self.path)

    def send(self, tab: dict[str, Any], word: str, expect: int, **how: str) -> Page:
        return self.who.send(self.url or self.path, {**tab, **self.sent, self.typed: word, **how}, expect=expect)


def standing(page: Page, path: str) -> dict[str, Any]:
    """The form of a page as it stands, every field of it but files."""
    document = page.document
    here = urlsplit(page.response.request.url).path
    form = next(one for one in document.all("form") if _leads_to(one, here) == path and one["method"] == "post")
    fields: dict[str, Any] = dict(chosen(document, form))
    for one in document.all("input", "textarea"):
        if one.form is not form or not one["name"] or one["type"] in ("file", "submit"):
            continue
        if one["type"] not in ("checkbox", "radio"):
            fields[one["name"]] = "".join(one.parts).lstrip("\r\n") if one.tag == "textarea" else one["value"]
        elif "checked" in one.attributes:
            fields[one["name"]] = one["value"] or "y"
    return fields


def _leads_to(form: Element, here: str) -> str:
    return urlsplit(form["action"]).path or here


def stale(edit: Edit, times: int) -> list[str]:
    """One tab saves, so many others that were opened before it are sent after it; what went wrong, in words."""
    opened = standing(edit.open(), edit.path)  # tabs opened one after the other differ in nothing but their mark
    tabs = [{**opened, "press": secrets.token_urlsafe(24)} for _ in range(times + 1)]
    if edit.looks_first:
        tabs[0] = standing(edit.send(tabs[0], edit.words[0], 200, act="look"), edit.path)
    edit.send(tabs[0], tabs[0][edit.typed] if edit.looks_first else edit.words[0], 302, **edit.saved_by)
    wrong = []
    for word, tab in zip(edit.words[1:], tabs[1:], strict=False):
        page = edit.send(tab, word, 200, **edit.refused)
        if "Somebody" not in page.text:
            wrong.append(f"{edit.form} {edit.path}: {word} was not refused: {page.text[:300]}")
        elif standing(page, edit.path)[edit.typed] != word:
            wrong.append(f"{edit.form} {edit.path}: {word} is lost")
    stands = standing(edit.open(), edit.path)[edit.typed]
    return wrong if stands == edit.words[0] else [*wrong, f"{edit.form} {edit.path}: {stands} stands"]
