"""Names as forms give them: several in one cell, with titles, counts, card numbers, delegations. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from tracker.documents import words

_DELEGATION = re.compile(words.DELEGATION)
_NAME = re.compile(words.NAME)
_TITLES = re.compile(words.PERSON_TITLES)
_COUNT = re.compile(words.PERSON_COUNT)
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")
_UNIT = re.compile(
    r"(?:局|委|院|校|公司|镇|乡|村|区|县|市|团|厂|中学|小学|大学|街道|社区|银行|中心|协会|集团|主任|书记|经理|校长|院长|董事长)$"
)
_BYLINE = re.compile(words.BYLINE)


@dataclass(frozen=True)
class Named:
    """Who stands there: names in their order, a delegation, and whether the list says that it is not whole."""

    names: tuple[str, ...] = ()
    delegation: str = ""
    incomplete: bool = False


def named(text: str, known: Collection[str] = ()) -> Named:
    """The people a piece of a form names; `known` are deputies' names, to part names written without a sign between."""
    text = unicodedata.normalize("NFKC", text).strip()
    found = _DELEGATION.search(text)
    delegation = found[0] if found else ""
    bare = _BRACKETS.sub(" ", _DELEGATION.sub(" ", text)).strip(" :。;")
    counted = _COUNT.search(bare)
    names: dict[str, None] = {}
    for piece in re.split(r"[、,;/\n|]+", _COUNT.sub("", bare)):
        for token in _tokens(piece):
            names.update(dict.fromkeys(_names(token, known)))
    stated = re.search(r"\d+", counted[0]) if counted else None
    incomplete = counted is not None and (stated is None or int(stated[0]) > len(names))
    return Named(tuple(names), delegation, incomplete)


def byline(line: str, known: Collection[str]) -> Named:
    """A line that is nothing but who it is from; nobody if it is more than that."""
    text = unicodedata.normalize("NFKC", line).strip(" —–-―")
    if len(text) > 40:
        return Named()
    found = named(text, known)
    rest = _DELEGATION.sub("", re.sub(r"[\s()、,;:。]", "", text))
    if found.delegation and not rest:
        return Named((), found.delegation)
    without = _DELEGATION.sub("", text).strip()
    fits = _BYLINE.match(without)
    if fits and _is_name(name := re.sub(r"\s", "", fits["name"])) and not _UNIT.search(name):
        name = _TITLES.sub("", name) or name
        return Named((name, *[one for one in found.names if one != name]) if name in known or _is_name(name) else ())
    if found.names and all(name in known for name in found.names):
        said = sum(map(len, found.names))
        return found if len(re.sub(r"代表|人大|同志", "", rest)) <= said + 2 else Named()
    return Named()


def is_only_names(text: str) -> bool:
    """Whether a line holds hardly anything but the names in it."""
    found = named(text)
    bare = re.sub(r"[\s、,，;；/()（）:：]|人大|代表|同志", "", _DELEGATION.sub("", text))
    return bool(found.names) and len(bare) <= sum(map(len, found.names)) + 2


def _tokens(piece: str) -> list[str]:
    """Blanks part names, but not the signs of one name written apart to fill the column."""
    parts = piece.split()
    tokens: list[str] = []
    single = False
    for part in parts:
        if len(part) == 1 and single and tokens and len(tokens[-1]) < 3:
            tokens[-1] += part
            single = len(tokens[-1]) < 2
            continue
        single = len(part) == 1
        tokens.append(part)
    return tokens


def _names(token: str, known: Collection[str]) -> list[str]:
    token = _TITLES.sub("", token.strip(" :。._-"))
    token = re.sub(r"^(?:代表|领衔|附议|建议人)[::]?", "", token)
    if token in known:
        return [token]
    if len(token) > 4 and known and (parted := _parted(token, frozenset(known))):
        return parted
    return [token] if _is_name(token) and not _UNIT.search(token) else []


def _parted(token: str, known: frozenset[str]) -> list[str]:
    """Names written without anything between them, where all of them are known."""
    if not token:
        return []
    for length in (4, 3, 2):
        if token[:length] in known:
            rest = _parted(token[length:], known)
            if rest or len(token) == length:
                return [token[:length], *rest]
    return []


def _is_name(token: str) -> bool:
    return bool(_NAME.fullmatch(token)) and token not in words.NO_NAMES
