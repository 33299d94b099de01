"""Finds text in a template that a reader would see and that no catalogue could translate."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import Environment, nodes

MARKED = {"_", "gettext", "ngettext", "pgettext", "npgettext", "_l", "lazy_gettext", "N_"}
SHOWN_ATTRIBUTES = "title|placeholder|alt|aria-label|aria-description|label|content"
ATTRIBUTE = re.compile(rf"\s(?:{SHOWN_ATTRIBUTES})\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
TAG = re.compile(r"<[^<>]*>")
WORD = re.compile(r"[A-Za-z\u3400-\u9fff]{2,}|[\u3400-\u9fff]")
SENTENCE = re.compile(r"[A-Z][a-z]+(?: [\w'’-]+)*[.!?…:]?|.*[\u3400-\u9fff].*|[A-Za-z]+(?: [a-z]+){2,}.*", re.DOTALL)
# Formats, units and the languages' own names are the same in every language.
SAME_EVERYWHERE = {
    "xlsx",
    "docx",
    "csv",
    "pdf",
    "PDF",
    "ZIP",
    "zip",
    "QR",
    "MB",
    "kB",
    "English",
    "中文",
    "http",
    "https",
}
GONE = (
    re.compile(
        r"\{%-?\s*block (?:width|classes|section|body_class)\s*-?%\}.*?\bendblock\b[^%]*%\}", re.DOTALL
    ),  # class names
    re.compile(r"\{#.*?#\}", re.DOTALL),
    re.compile(r"\{%-?\s*trans\b.*?\bendtrans\s*-?%\}", re.DOTALL),
    re.compile(r"\{%.*?%\}", re.DOTALL),
    re.compile(r"\{\{.*?\}\}", re.DOTALL),
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"<!doctype[^>]*>", re.IGNORECASE),
    re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL | re.IGNORECASE),
    re.compile(r"<code>.*?</code>", re.DOTALL),  # what is typed as it stands
    re.compile(r"&#?\w+;"),
)


def untranslated(source: str) -> list[str]:
    """Words between tags, in attributes that are shown, and in texts handed to macros."""
    bare = source
    for pattern in GONE:
        bare = pattern.sub(" ", bare)
    shown = [value for pair in ATTRIBUTE.findall(bare) for value in pair if not _is_setting(value)]
    shown.append(TAG.sub(" ", bare))
    words = [word for text in shown for word in WORD.findall(text) if word not in SAME_EVERYWHERE]
    return words + list(_handed_over(source))


def _is_setting(value: str) -> bool:
    """A meta element's content such as `width=device-width`."""
    return "=" in value or value in ("noindex", "no-referrer", "same-origin")


def _handed_over(source: str) -> Iterator[str]:
    """Sentences given to a macro or a filter without going through the catalogue."""
    tree = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]).parse(source)
    marked = {
        id(inner)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in MARKED
        for inner in call.find_all(nodes.Const)
    }
    compared = {id(inner) for compare in tree.find_all(nodes.Compare) for inner in compare.find_all(nodes.Const)}
    for constant in tree.find_all(nodes.Const):
        value = constant.value
        known = id(constant) in marked or id(constant) in compared or value in SAME_EVERYWHERE
        if isinstance(value, str) and not known and SENTENCE.fullmatch(value):
            yield value
