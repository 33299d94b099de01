"""What a page must always keep, whoever reads it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
LEFTOVER = re.compile(r"%\(\w+\)[sd]|\{\{|\{%|\{\w+\}|<tracker\.|&lt;tracker|LazyString|\bUndefined\b|\bNone\b")
ENGLISH = re.compile(r"\b[A-Za-z]{2,}(?: [a-z]{2,}){2,}")
SPACE = re.compile(r"\s+")


@dataclass
class Element:
    """An element with its attributes and the text inside it."""

    tag: str
    attributes: dict[str, str]
    parts: list[str] = field(default_factory=list)
    inside: tuple[str, ...] = ()
    form: Element | None = None

    @property
    def text(self) -> str:
        return SPACE.sub(" ", "".join(self.parts)).strip()

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")


class Document(HTMLParser):
    """All elements of a page in reading order; closing tags that fit nothing are remembered."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.misnested: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        path = tuple(element.tag for element in self.open)
        form = next((element for element in self.open if element.tag == "form"), None)
        element = Element(tag, {name: value or "" for name, value in attrs}, inside=path, form=form)
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1].tag != tag:
            self.misnested.append(tag)
        while self.open and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.parts.append(data)

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def visible_text(self) -> str:
        hidden = {"script", "style", "title"}
        body = next(iter(self.all("body")), None)
        text = "".join(body.parts) if body else ""
        for element in self.elements:
            if element.tag in hidden and "body" in element.inside:
                text = text.replace("".join(element.parts), "")
        return SPACE.sub(" ", text).strip()


@lru_cache(maxsize=8)
def parsed(html: str) -> Document:
    """A page's elements; it is looked at for faults, then for its hidden fields, then for what the test asks."""
    return Document(html)


def faults(html: str) -> list[str]:
    """Everything wrong with a page, in words; empty for a good one."""
    page = parsed(html)
    return [*_heading(page), *_forms(page), *_labels(page), *_ids(page), *_inline(page), *_leftovers(page)]


def _heading(page: Document) -> list[str]:
    headings, titles = page.all("h1"), page.all("title")
    found = [f"closing tag fits nothing: {tag}" for tag in page.misnested]
    if len(headings) != 1:
        return [*found, f"{len(headings)} h1 instead of one"]
    titled = [title for title in titles if "svg" not in title.inside]
    if not titled or not titled[0].text.startswith(headings[0].text):
        found.append(f"the title does not start with the heading {headings[0].text!r}")
    if not page.all("html") or not page.all("html")[0]["lang"]:
        found.append("the page does not say its language")
    return found


def _forms(page: Document) -> list[str]:
    found = []
    for form in page.all("form"):
        if "action" not in form.attributes or form["method"].lower() not in ("get", "post"):
            found.append(f"a form without action or method: {form.attributes}")
    return found


def _labels(page: Document) -> list[str]:
    labelled = {label["for"] for label in page.all("label")}
    found = []
    for control in page.all("input", "select", "textarea"):
        named = control["id"] in labelled or control["aria-label"] or control["aria-labelledby"]
        if control["type"] not in UNLABELLED and not named and "label" not in control.inside:
            found.append(f"a control without label: {control.tag} {control['name']}")
    nameless = [b for b in page.all("button") if not (b.text or b["aria-label"] or b["title"])]
    return found + [f"a button without name: {button.attributes}" for button in nameless]


def _ids(page: Document) -> list[str]:
    counts = Counter(element["id"] for element in page.elements if element["id"])
    return [f"id used {times} times: {name}" for name, times in counts.items() if times > 1]


def _inline(page: Document) -> list[str]:
    found = []
    for element in page.elements:
        handlers = [name for name in element.attributes if name == "style" or name.startswith("on")]
        if handlers or element.tag == "style" or (element.tag == "script" and element.text and not element["src"]):
            found.append(f"inline style or script: {element.tag} {handlers}")
    return found


def _leftovers(page: Document) -> list[str]:
    text = page.visible_text()
    written = "".join(code.text for code in page.all("code"))  # what is to be typed as it stands
    found = [f"a leftover on the page: {left}" for left in LEFTOVER.findall(text) if left not in written]
    if page.all("html") and page.all("html")[0]["lang"].startswith("zh"):
        found += [f"English on a Chinese page: {words}" for words in ENGLISH.findall(text)]
    return found
