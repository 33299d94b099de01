"""What of a reply can be checked: a number, a place, a date. Without them nobody can look whether it is so. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.search.framing import body_of
from tracker.search.likeness import places

_UNITS = (
    "万?亿?元|亿|万|%|％|‰|百分点|公里|千米|米|厘米|平方|亩|公顷|吨|升|立方|千瓦|兆瓦|度电|盏|处|个(?!方面|层面|步|阶段|月)|人次|人|名|户|辆|台|套|条|家|所|座|栋|幢|项"
    "|件|起|场|次|间|床|张|只|棵|株|趟|班|路(?=公交)|分钟|小时|天|倍|份|期|批|班次|枚|组|支|艘|头|门|篇|册|块|片|口|眼|桩|对|段|孔|岁"
)
_NUMBER = re.compile(
    rf"\d[\d,，.]{{0,30}}+(?:余|多)?(?:{_UNITS})|百分之[一-鿿]{{1,4}}"
    r"|(?<!第)[一二两三四五六七八九十百千]{1,6}(?:余|多)?(?:万元|亿元|公里|米|盏|处|户|辆|台|套|座|栋|人次|名|所|万|家|亩|吨|倍|成(?!立|为|效|果|本|功|员|长|熟))"
)
_DATE = re.compile(
    r"\d{4}年|\d{1,2}月(?:\d{1,2}日|份|底|初|末|上旬|中旬|下旬)?|(?<![0-9])[一二三四五六七八九十]{1,2}月(?=[底前份初末中上下至，。])|[一二三四]季度|[上下]半年|[今明去前本后]年|年[底末内中](?!结)"
)
_SINCE = re.compile(r"今年以来|近[几两三]?年来?|多年来?|历年")
_OWN = re.compile(
    "[我本全各该此每两几数多这那到在于往沿和与及对]|属地|当地"
)  # 我区, 全县, 各镇, 属地街道 name no place
_NAMED_ROAD = re.compile(
    r"(?<![道线思网出])([一-鿿]{2,3}(?:路|街|巷|桥|河|湖|江|溪|渠|港|山|岭|湾|涵洞|隧道|立交|码头|园区|工业园|景区|校区|院区|片区|社区|小区|村|镇|乡|街道|新区))"
    r"(?=[东西南北中上下与和及至—-]|段|沿线|周边|口|两侧|路口|、|，|。|（|的|等|\d|增|新|设|建|改|进)"
)
_NO_ROAD = re.compile(
    r"[道公铁线思出电一断通马高快]路|[老旧城乡农各全我本该行自示试贫重]{1,2}(?:村|镇|乡|小区|社区|街道|片区)|街道$|社区$|小区$|[新老]城"
)


@dataclass(frozen=True)
class Checkable:
    """The first number, place and date that a reply names, each empty if it names none."""

    number: str
    place: str
    date: str

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of the three it does not name."""
        return tuple(name for name, said in vars(self).items() if not said)

    @property
    def is_nothing(self) -> bool:
        """It names neither a number nor a place nor a date."""
        return len(self.missing) == len(vars(self))


def checkable(text: str) -> Checkable:
    """What a reply names that can be checked; head, foot and the quoted title of the letter are left out.

    A number has a unit (16盏, 三十户) and is no date and no ordinal; a place has a name (松林路, not 该路段); a date is
    a year, a half or quarter of one, a month or a day, and no stretch of years (近年来).
    """
    said = body_of(text)
    undated = _SINCE.sub("", said)
    numbers = re.sub(r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?", "", said)
    return Checkable(_first(_NUMBER, numbers), _place(said), _first(_DATE, undated))


def _place(said: str) -> str:
    named = {one for one in places(said, "") if not _OWN.search(one)}
    if named:
        return min(named, key=said.find)
    for found in _NAMED_ROAD.finditer(said):
        if not _NO_ROAD.search(found[1]) and not _OWN.search(found[1]):
            return found[1]
    return ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group() if found else ""
