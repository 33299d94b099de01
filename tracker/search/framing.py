"""The frame of an official letter: whom it greets, what it answers, thanks, farewell and signature. All letters say it
alike and it says nothing of the matter, so texts are compared and read without it. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

LINES_KEPT = 16_384  # of some thousand letters; a few megabytes
_CUT = re.compile(r"(?<=[。！？!?；;\n])|(?<=如下[：:。])")
_TITLE = re.compile(
    r"[《“\"「〈](?:关于|对于|加强|加快|推进|进一步|建议|解决)[^》”\"」〉\n]{2,90}?(?:建议|意见|议案|提案|批评)?[》”\"」〉]"
    r"(?:的?(?:建议|意见|议案|提案))?"
    r"|关于[^，。；：\n]{2,60}?的(?:建议|意见|议案|提案)(?=[（(《“\"]|收悉|已?收到|，?现)"
)
_NUMBER = re.compile(
    r"[（(][^（）()\n]{0,24}第?\s*[\d０-９]{1,6}\s*号?[^（）()\n]{0,6}[）)]|第\s*[\d０-９]{1,6}\s*号(?:建议|提案)?"
)
_LINE = re.compile(  # whole lines of head and foot
    r"^[^，。；：:]{0,24}(?:〔|\[|［)\d{4}(?:〕|\]|］)\s*\d*\s*号?$|^[^，。；]{1,24}(?:代表|委员|同志|先生|女士)(?:们)?[：:，,]?$"
    r"|^[^，。；：:\d]{2,24}(?:局|委|委员会|院|办|办公室|政府|厅|部|中心|公司|支队|办事处)(?:（[^）]*）)?$"
    r"|^[\d〇○零一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$|^(?:对|关于).{2,80}(?:答复|复函|建议的函)(?:函|意见)?$"
    r"|^(?:抄送|抄报|主送|签发人?|承办人|经办人|联系人|联系电话|联系单位|电话|办理结果|办理类别|类别|公开属性)[：:].*$"
    r"|^(?:附件?|此致|敬礼)[：:]?.{0,30}$|^[A-DＡ-Ｄ]类?$|^[您你]们?好[！!。，]?$"
    r"|^对?.{2,24}(?:人民代表大会|人大).{2,8}次会议$|^的?(?:建议)?的?(?:答复|复函|办理情况)(?:函|意见)?$"
)
_ANSWERS = re.compile(  # clauses inside a sentence that may say more
    r"(?:^|[，,])[^。，,；]{0,40}(?:收悉|已收到)(?=[，,。；：]|$)|[，,]?(?:现|特|兹)?[^。，,；]{0,24}(?:答复|回复|函复|说明|汇报|报告)如下[：:。]?$"
)
_SENTENCE = re.compile(  # sentences that every letter has
    r"[您你]们?(?:所)?(?:提出|反映|提)的?[^。]{0,40}(?:收到|转来|交办|建议，?现)"
    r"|^(?:首先|最后|在此)?[，,]?(?:再次|衷心|非常|诚挚|十分|真诚)*(?:地)?感谢[您你]?|再次感谢|(?:表示|致以)[^。，]{0,8}(?:感谢|谢意)"
    r"|^(?:专此|特此|此)(?:函|答|回|致)*[复覆达]|^以上(?:答复|回复|意见|办理)|(?:如有|若有|[如若][您你]?对)[^。]{0,30}(?:请|欢迎|联系|反馈|批评|沟通)"
    r"|(?:欢迎|希望|恳请|敬请|期待|盼望)[您你][^。]{0,50}(?:意见|建议|监督|支持|关心|关注|理解|指正|反馈)"
    r"|^(?:经|会同)[^。]{0,40}(?:研究|商|办理)[^。，]{0,6}[，,]?(?:现)?(?:答复|回复)"
    r"|^(?:联系人|联系电话|承办人|经办人)|^[您你](?:的|所提)?(?:这一|这个|提出的)?建议(?:很|非常|十分)(?:好|中肯|有)[^。，]{0,24}。?$"
)


def body_of(text: str) -> str:
    """What a letter says between its opening and closing formulas, without the quoted title and number."""
    return "\n".join(sentences(text))


def sentences(text: str) -> list[str]:
    """The sentences of a letter without those of its frame."""
    return [one for line in text.replace("\r", "").split("\n") for one in _of_line(line.strip())]


@lru_cache(maxsize=LINES_KEPT)
def _of_line(said: str) -> tuple[str, ...]:
    """One letter is read for several signs, one after the other: what its lines say is read once."""
    return () if not said or _LINE.match(said) else tuple(_bare(said))


def forget_lines() -> None:
    """What was read of lines is read anew, as a measurement wants it."""
    _of_line.cache_clear()


def _bare(said: str) -> Iterator[str]:
    for piece in _CUT.split(said):
        one = _NUMBER.sub("", _TITLE.sub("", piece)).strip()
        one = _ANSWERS.sub("", one).strip("，, ")
        if one.strip("。；！？：") and not _LINE.match(one) and not _SENTENCE.search(one):
            yield one
