"""Whether a lead's reply names the bodies that handle with it. Pure.

A letter seldom writes a body's whole name: 市住房和城乡建设局 is 住建局 there, 人力资源和社会保障局 is 人社局. A short
form keeps the kind of the body (局, 委, 院 …) and some characters of its name in their order, the first among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

_KINDS = (
    "委员会", "委会", "委", "局", "办公室", "办", "法院", "检察院", "院", "厅", "部", "中心", "集团", "公司", "支队",
    "大队", "人民政府", "政府", "办事处", "街道办", "联合会", "联", "总会", "协会", "总工会", "工会",
)  # fmt: skip
_SAME_KIND = {
    "委员会": "委",
    "委会": "委",
    "办公室": "办",
    "集团": "公司",
    "大队": "支队",
    "人民政府": "政府",
    "街道办": "办事处",
    "联合会": "联",
}
_BEFORE = re.compile(
    r"^(?:[一-鿿]{2,4}?(?:省|市|自治州|县|区)|[省市县区])(?!人民政府|政府|管理委员会|管委会|街道|经济)(?=[一-鿿]{3})"
)
_LAW = {"法院": ("法院", "中院"), "检察院": ("检察院", "检方", "检察机关")}
SHORTEST = {"联": 1}  # characters of a short form without its kind (残联); of other kinds two
LONGEST = 8


def unnamed(text: str, bodies: Mapping[str, Sequence[str]]) -> list[str]:
    """Of the bodies that handle with the lead, those its reply does not name; `bodies` has each by its name, with its
    other names (short, former). 有关部门 and 会办单位 name nobody.

    The evidence of "the lead's reply does not mention the co-handler".
    """
    return [name for name, others in bodies.items() if not names_body(text, (name, *others))]


def names_body(text: str, names: Iterable[str]) -> bool:
    """Whether a text names a body by one of its names, or by a short form of one."""
    known = [name.strip() for name in names if name and name.strip()]
    return any(_bare(name) in text or _by_kind(name, text) or _is_abbreviated(name, text) for name in known)


def _bare(name: str) -> str:
    """The name without the place before it: 临江市交通运输局 and 市交通运输局 are 交通运输局."""
    return _BEFORE.sub("", name)


def _by_kind(name: str, text: str) -> bool:
    """Courts and procuratorates are named by what they are."""
    return any(name.endswith(kind) and any(word in text for word in words) for kind, words in _LAW.items())


def _is_abbreviated(name: str, text: str) -> bool:
    bare = _bare(name)
    kind = max((one for one in _KINDS if bare.endswith(one)), key=len, default="")
    stem = bare.removesuffix(kind)
    if not kind or not stem:
        return False
    least = SHORTEST.get(_same(kind), 2)
    return any(
        _same(found) == _same(kind) and _stands_in(text[begin:end], stem)
        for begin in (place.start() for place in re.finditer(re.escape(stem[0]), text))
        for end in range(begin + least, begin + LONGEST + 1)
        for found in _KINDS
        if text.startswith(found, end)
    )


def _same(kind: str) -> str:
    return _SAME_KIND.get(kind, kind)


def _stands_in(short: str, whole: str) -> bool:
    """Whether the characters of the short form stand in the whole name, in their order."""
    rest = iter(whole)
    return all(sign in rest for sign in short)
