"""How names sound: whole, by syllable, the given name alone, and by initials."""

from __future__ import annotations

import itertools
import os
import re
from functools import cache
from typing import Any

# Characters that sound otherwise where they are a family name.
FAMILY_NAMES = {
    "万俟": ("mo qi",),
    "尉迟": ("yu chi",),
    "澹台": ("tan tai",),
    "长孙": ("zhang sun",),
    "仇": ("qiu",),
    "任": ("ren",),
    "冼": ("xian",),
    "区": ("ou",),
    "华": ("hua",),
    "单": ("shan",),
    "召": ("shao",),
    "员": ("yun",),
    "哈": ("ha",),
    "娄": ("lou",),
    "宁": ("ning",),
    "尹": ("yin",),
    "曾": ("zeng",),
    "朴": ("piao",),
    "查": ("zha",),
    "燕": ("yan",),
    "盖": ("gai", "ge"),
    "秘": ("bi",),
    "缪": ("miao",),
    "翟": ("zhai", "di"),
    "纪": ("ji",),
    "葛": ("ge",),
    "薄": ("bo",),
    "覃": ("qin", "tan"),
    "解": ("xie",),
    "逄": ("pang",),
    "那": ("na",),
    "乐": ("yue", "le"),
    "黑": ("hei", "he"),
}
MOST_READINGS = 16
_CHINESE = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")


def sounds(name: str) -> list[str]:
    """All that a name may be typed as in Latin letters: 王秀英 is wangxiuying, xiuying, wxy, wang, xiu, ying.

    A character of the given name that has two readings (乐, 行) is found under both, and ü as v, u or yu.
    """
    heard: dict[str, None] = {}
    for run in _CHINESE.findall(name):
        readings = _readings(run)
        for reading in readings:
            heard["".join(reading)] = None
            heard["".join(one[0] for one in reading)] = None
            if len(reading) > 2:
                heard["".join(reading[1:])] = None
        heard.update(dict.fromkeys(readings[0] if readings else ()))
        heard.update(dict.fromkeys(reading[0] for reading in readings))
    return list(heard)


def _readings(run: str) -> list[tuple[str, ...]]:
    family = next((run[:n] for n in (2, 1) if run[:n] in FAMILY_NAMES), "")
    given = [_spellings(character) for character in run[len(family) :]]
    if family:
        begun = [tuple(one.split()) for one in FAMILY_NAMES[family]]
    else:
        begun, given = [(one,) for one in _spellings(run[0]) if _is_first(one, run[0])], given[1:]
    every = ((*first, *rest) for first in begun for rest in itertools.product(*given))
    return [tuple(filter(None, one)) for one in itertools.islice(every, MOST_READINGS) if any(one)]


def _is_first(spelling: str, character: str) -> bool:
    """A family name that is not in the table has one reading, the usual one (in each of its spellings)."""
    usual = _heard(character)[:1]
    return spelling in (_spelt(usual[0]) if usual else [""])


@cache
def _spellings(character: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for reading in _heard(character)[:2] for one in _spelt(reading))) or ("",)


def _spelt(reading: str) -> list[str]:
    return list(dict.fromkeys([reading, reading.replace("v", "u"), reading.replace("v", "yu")]))


def _heard(character: str) -> list[str]:
    """The readings of a character, the usual one first; none of one the dictionary does not know."""
    known = _dictionary()
    found = known.pinyin(character, style=known.Style.NORMAL, heteronym=True)[0]
    return [one for one in found if one.isascii() and one.isalpha()]


@cache
def _dictionary() -> Any:
    """Loaded when the first name is spelt; without its phrases, which names have no use for, it needs a fourth."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    import pypinyin

    return pypinyin
