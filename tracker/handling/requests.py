"""What a suggestion asks for, found in its text: numbered items after the words that announce them, and sentences that
ask. Pure. It proposes; whoever answers corrects, adds and strikes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

MOST_REQUESTS = 20
LONGEST_REQUEST = 500
SHORTEST_REQUEST = 5

_MARKS = {
    "chapter": r"第[一二三四五六七八九十]+[条点部,，、]",
    "one": r"[一二三四五六七八九十]{1,3}、",
    "bracket": r"[（(][一二三四五六七八九十]{1,3}[）)]、?",
    "digit": r"\d{1,2}[.．、](?!\d)",
    "inner": r"[（(]\d{1,2}[）)]、?",
    "ring": r"[①②③④⑤⑥⑦⑧⑨⑩]",
    "spoken": r"[一二三四五六七八九]是(?=[^否])",
}
_MARK = re.compile("|".join(f"(?P<{name}>{said})" for name, said in _MARKS.items()))
_BREAK = re.compile(r"(?<=[。；;！!？?：:\n])")
_ANNOUNCES = re.compile(
    r"(建议|意见|对策|措施|请求|诉求|恳请|希望|方案|如下工作|以下工作|入手|着手)[^。；]{0,16}[：:]$"
)
_TELLS = re.compile(r"(问题|原因|情况|困难|不足|发现|表现|短板|现状|究其)[^。；]{0,12}[：:]$")
_ASKING_HEAD = re.compile(r"建议|对策|措施|请求|诉求|意见|办法|思路|设想")
_TELLING_HEAD = re.compile(r"情况|现状|问题|原因|背景|困难|不足|案由|理由|意义|必要|依据|成因|调研|短板|成效|做法|分析")
_ASKS = re.compile(
    r"建议(?!人|者|办理|工作|案|函|未|书|被|的|中|》|答复|已|后|承办)|恳请|请求(?!的)|呼吁|希望(?!之|小学|工程|的)"
    r"|(?<![邀聘申敬])请(?:[市区县省镇各]|有关|相关|政府|予|尽|承办|主管|[^，。；问]{1,8}(?:局|部门|委|办|院|公司))"
    r"|应当(?!说|承认|看到)|应(?:尽快|尽早|加强|建立|加大|明确|统筹|完善)|望(?:有关|相关|政府|予以|尽快|早日)"
    r"|^(?:因此|为此|同时|还|也|下一步)?[，,]?要(?!说|是|求|不|么)|^(?:能否|可否|能不能|可不可以)"
)
_BEGINS = re.compile(  # what is to be done, said without "we suggest"
    r"(?:要|应|进一步|积极|大力|切实|及时|全面|科学|合理|持续|深入|逐步)*(?:加|完善|健全|推|建[立设好]|拓宽|强化|优化|提[高升]|落实|开[展发设通]"
    r"|鼓励|支持|引[入导进]|实[行施]|设立|立即|尽快|将|把|由|委托|组织|制定|编制|修[订建缮]|规范|严格|统[筹一]|明确|增[设加]|改[造善]|延长"
    r"|协调|压[缩实]|公[开布]|培[育养]|用好|管好|打[通造]|简化|扩大|整[治合]|出台|探索|争取|列入|纳入|降低|盘活|利用|创新|深化|促进|保障)"
)
_NO_REQUEST = re.compile(
    r"提出(?:过|了)[^。]{0,8}建议|以上(?:建议|意见)|收到[^。]{0,12}建议|曾[^。]{0,10}建议|(?:上述|该|此项|前述)建议"
    r"|妥否|当否|研究后予以书面答复|到现场看一看|加强沟通。?$|居民(?:普遍)?希望|群众[^。，]{0,6}希望|家长们?希望|不少[^。，]{1,6}希望"
)
_CLOSES = re.compile(
    r"^(以上|妥否|当否|此致|敬礼|特此|建议人|领衔代表|附议|联系人|联系电话|我们愿意|是否妥当|希望承办单位到现场)"
)
_LEAD = re.compile(
    r"^(?:为此|因此|对此|鉴于此|基于此|综上|据此|同时|此外|另外|并|还|也|再次|总之|针对以上情况|针对上述问题)*[，,、]*"
    r"(?:我们?的建议是[：:，,]?)?(?:(?:我们?|本人|代表们?)?(?:特|再次|郑重|强烈|真诚)?(?:提出)?(?:以下|如下)?(?:建议|恳请|呼吁|希望|请求|请)(?:如下)?[：:，,]?)?"
)
_HEAD_ENDS = 24


@dataclass
class _Found:
    """A request as it is put together; `mark` is the kind of its number, empty for a sentence."""

    mark: str
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return tidy("".join(self.parts))


class _Reader:
    """Reads a text piece by piece: are these the requests already, and at which kind of number do they begin?"""

    def __init__(self) -> None:
        self.found: list[_Found] = []
        self.asking: bool | None = None
        self.heading = ""
        self.level = ""
        self.open = False
        self.goes_on = False  # a sentence that asks ended with a semicolon: what follows asks too

    def read(self, mark: str, text: str) -> None:
        if _CLOSES.match(text):
            self.open = False
        elif mark:
            self.numbered(mark, text)
        else:
            self.plain(text)

    def numbered(self, mark: str, text: str) -> None:
        """A numbered piece: a heading that says what follows, a request, or a part of the request before it."""
        if self.is_heading(mark, text):
            self.asking, self.heading, self.level, self.open = bool(_ASKING_HEAD.search(text)), mark, "", False
            return
        if mark == self.heading:  # the part that was announced has ended
            self.asking, self.heading, self.level = None, "", ""
        if self.asking is False and not _asks(text):
            self.open = False
            return
        if self.asking is None and not (_asks(text) or _BEGINS.match(text)) and mark != self.level:
            self.open = False
            return
        if self.open and self.level and mark != self.level:
            self.found[-1].parts.append(text)
            return
        self.level, self.open = mark, True
        self.found.append(_Found(mark, [text]))

    def plain(self, text: str) -> None:
        """A piece without number: it announces what follows, goes on with a request, or is one."""
        if _ANNOUNCES.search(text):
            self.asking, self.level, self.open = True, "", False
        elif _TELLS.search(text):
            self.asking, self.level, self.open = False, "", False
        elif _asks(text):
            self.open = bool(self.level) and self.open
            if self.open and not self.found[-1].text.endswith("。"):
                self.found[-1].parts.append(text)
            else:
                self.found.append(_Found("", [text]))
                self.open = False
        elif self.open and self.level:
            self.found[-1].parts.append(text)
        elif (self.asking and not self.level) or self.goes_on:
            self.found.append(_Found("", [text]))
        self.goes_on = not self.level and (self.goes_on or _asks(text)) and text.endswith(("；", ";"))

    def is_heading(self, mark: str, text: str) -> bool:
        """A short numbered piece that names a part of the text, and asks for nothing itself."""
        short = len(text) <= _HEAD_ENDS and not text.rstrip("：:").endswith(("。", "；"))
        if not short or mark == "spoken":
            return False
        if self.asking and self.level:
            return mark == self.heading
        if mark == self.level and self.open:
            return False
        return bool(_TELLING_HEAD.search(text) or _ASKING_HEAD.search(text))


def requests_in(text: str) -> list[str]:
    """The requests a text makes, in its order, each as short as it stands there; none where it asks for nothing."""
    return _kept(_read(text))


def numbered_in(text: str) -> list[str]:
    """Those of the requests that the text numbers itself (一、, （1）, 一是 …); none if it numbers one."""
    told = _kept(one for one in _read(text) if one.mark)
    return told if len(told) > 1 else []


def _read(text: str) -> list[_Found]:
    reader = _Reader()
    for mark, piece in _pieces(text):
        reader.read(mark, piece)
    return reader.found


def _kept(found: Iterable[_Found]) -> list[str]:
    kept = [one.text for one in found if len(one.text) >= SHORTEST_REQUEST]
    return list(dict.fromkeys(kept))[:MOST_REQUESTS]


def tidy(text: str) -> str:
    """A request without "we therefore suggest", and not longer than a line of a list may be."""
    said = _LEAD.sub("", text.strip(), count=1).strip(" 　，,、；;：:")
    return said if len(said) <= LONGEST_REQUEST else f"{said[: LONGEST_REQUEST - 1]}…"


def _asks(text: str) -> bool:
    return _ASKS.search(text) is not None and _NO_REQUEST.search(text) is None


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text cut where sentences end and where numbers begin a sentence, with the kind of the number."""
    for sentence in _BREAK.split(text.replace("\r", "")):
        piece = sentence.strip()
        if not piece:
            continue
        found = _MARK.match(piece)
        if found is None:
            yield "", piece
            continue
        rest = piece[found.end() :].strip()
        if rest:
            yield str(found.lastgroup), rest
