"""The words of one paragraph of a Word file, with the signs its symbol fonts stand for. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Boxes of the symbol fonts forms are ticked with.
_SYMBOLS = {
    **dict.fromkeys(("F052", "F0FE", "F0FC", "F053", "F054", "F0FD", "F051"), "☑"),
    **dict.fromkeys(("F0A3", "F06F", "F0A8", "F071", "F030"), "☐"),
}
_SAYS: dict[str, Callable[[Any], str]] = {
    f"{W}t": lambda text: (text.text or "").replace("\n", " "),
    f"{W}sym": lambda sign: _SYMBOLS.get(str(sign.get(f"{W}char", "")).upper(), ""),
    f"{W}br": lambda _break: "\n",
    f"{W}cr": lambda _break: "\n",
    f"{W}tab": lambda _tab: "\t",
    f"{W}noBreakHyphen": lambda _hyphen: "-",
}
_LEFT_OUT = {
    f"{W}{name}" for name in ("pPr", "rPr", "del", "moveFrom", "instrText", "delText", "rt", "footnoteReference")
}


def words_of(element: Any, boxes: list[Any]) -> Iterator[str]:
    """The words of a paragraph in order; text boxes hung on it are put aside, what was deleted is left out."""
    for child in element.iterchildren():
        tag = child.tag
        if tag in _SAYS:
            yield _SAYS[tag](child)
        elif tag == f"{W}txbxContent":
            boxes.append(child)
        elif tag == f"{MC}AlternateContent":
            yield from words_of(next(iter(child.iterchildren()), child), boxes)
        elif isinstance(tag, str) and tag not in _LEFT_OUT:
            yield from words_of(child, boxes)
