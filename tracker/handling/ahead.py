"""What of a reply's text is still to be done, until when and by whom. Pure.

The same signs write two things: 将 is "will" and is also "take" (将路灯更换完毕), 计划 is "intends" and "the plan". So
each clause is read by itself: a clause that says something is done is of the past, and a promise to keep up what is
done (继续加强巡查) is nothing that is left to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.search.framing import sentences

_CLAUSE = re.compile(r"[^，,；;：:。！？]+[，,；;：:。！？]?")
_WILL = (  # after 将: what is going to happen, not what is taken in hand
    "(?:于|在|会(?!议)|按|根据|结合|依[法托据]|继续|进一步|适时|尽[快早]|积极|加[快大强]|认真|严格|密切|不断|大力|全[力面]|着力|持续|充分"
    "|及时|逐步|同步|陆续|分[批步期]|统筹|组织|开展|开[工通]|动工|实[施现行]|启[动用]|完[成善工]|推[进动行]|协[调同]|会同|联合|争取|力争"
    "|研究|制定|编制|出台|建[设立成](?!的)|新[建增](?!的)|改造(?!的|后)|扩建|对(?!面)|通过|把|以(?!上|下|及)|视|待(?!遇)|要(?!求)|向|与"
    "|再(?!生)|予以|给予|配合|探索|修[订建复改缮]|优化|提[升高请]|落实|强化|健全|规范|扩大|引[导入]|鼓励|支持|优先|定期|每|采[取用]|竣工|投[用入]"
    "|交付|有(?![关])|达[到成]?|解决|得到|进行|取得|召开|举办|发布|公[布开]|印发|报请|申[请报]|筹措|招标|施工|铺设|架设|安装|增[设加]|设[置立]"
    "|更[换新]|拓宽|延[长伸]|打通|列入|纳入|督促|指导|委托|邀请|安排|多(?:方|渠道)|由|从|一如既往|始终|主动|率先|牵头|不再|成为|惠及|覆盖|拆除|清[理退])"
)
_AHEAD = re.compile(
    rf"(?<![已业现曾并])将{_WILL}|即将(?!到来)|行将|届时|预计|有望|力争|(?<![次多])争取(?!到|了|下)|(?<![已虚模草比所])拟(?!定|了|人|态|真)"
    r"|(?<!原)(?<![工作度设产育各据照按])计划(?=于|在|[^，。]{0,6}\d|[今明年用对由投新开完启安实下])|(?:下一步|下步|接下来|下一阶段|今后|后续)"
    r"|尽[快早](?!的)|适时|早日|条件成熟|(?<![接等期对招善])待[^，。；遇]{2,24}(?:后|时|再)|准备(?=于|在|[今明下]年)"
    r"|(?:正|正在|现正|正抓紧|加紧)(?=编制|办理|推进|实施|施工|铺设|建设|改造|研究|制定|修订|招标|协调|论证|设计|申报|筹[措备建]|加快|加紧|抓紧|组织|进行|走)"
    r"|尚(?:未|需|待|在)|有待|剩余[^，。；]{0,16}(?:将|计划|预计)"
)
_LISTED = re.compile(r"(?:列入|纳入|报送|申报)[^，。；]{0,24}?(?:计划|规划|项目库|预算|储备|盘子)(?!生育|管理)")
_DONE = re.compile(
    r"已|业经|完毕|完成了|[了过](?=[，,；;。]|\d)|原[计拟定]|目前未|现未|去年|(?<!截)至今|(?:年|月|日|期)(?:建成|完工|竣工|通车|投用|启用)[，。；]?$"
)
_FINISHED = re.compile(r"(?:已|现)[^，。；]{0,16}(?:完工|竣工|建成|投用|投入使用|完成|启用|通车|解决|到位|整改)")
_SINCE = re.compile(r"以来|截至目前")
_UPKEEP = re.compile(
    r"继续|进一步|持续|不断|巩固|一如既往|常态|长效|定期|日常|始终|随时|密切|管护|巡查|防止反弹|回头看|关注|接受[^，。]{0,8}监督|跟踪"
    r"|(?:加强|强化)[^，。]{0,10}(?:管理|管护|巡查|监管|维护|沟通|联系|宣传|教育|执法|培训|监督|检查)|做好[^，。]{0,12}(?:工作|维护|服务|保障)"
)
_DEED = re.compile(
    r"建设(?!施|成果|工作)|改造(?!成果|后的)|新建(?!的|设施)|扩建|建成(?!的|后)|完工|竣工|[开动]工|启动|完成|增设|安装|拓宽|打通|出台|修订|制定|编制"
    r"|实施(?!细则)|解决|投用|投入使用|通车|更换|铺设|推进(?!会)|争取|筹措|研究|论证|列入|纳入|开通|开展(?!工作)|覆盖|配齐|招聘"
)
_RHETORIC = re.compile(
    r"事业|高质量发展|满意度|更好地?|新台阶|新贡献|宝贵|更[加高]|营造|良好|努力|工作水平|服务水平|服务质量|群众满意"
)
_UNTIL = re.compile(
    r"\d{4}年(?:\d{1,2}月)?|[今明后本当]年|\d{1,2}月|[一二三四五六七八九十]{1,2}月(?=[底前份初中上下，。日])|年[底末内中](?!结)|[上下]半年"
    r"|[一二三四]季度|(?:\d{1,4}|[一二两三四五六七八九十]{1,2})个?(?:工作日|天|日|周|月|年)(?:之?内|以内)|春节前|暑[期假]|寒假|汛期?前|入冬前|开学前|(?:秋|春)季学期|本月|下月|本周"
)
_OWNER = re.compile(
    r"由[^，。；]{2,24}?(?:负责|牵头|承担|组织|实施|落实|承办|推进|办理|完成|统筹|主管|出资|建设|联系)|(?:责任|牵头|实施)(?:单位|人|部门|领导)"
    r"|[我本](?:局|委|院|办|厅|部|中心|公司|支队|街道|镇|乡|行|馆|站|校)|我们|(?:市|县|区|省)[一-鿿]{2,14}?(?:局|委员会|委|院|办|厅|公司|中心|支队|集团|部)"
    r"|[一-鿿]{1,6}(?:街道|镇|乡)(?:办事处|政府|人民政府)?(?=负责|牵头|组织|实施)|法院|检察院|(?:检察|公安)机关|[市县区]政府|(?:铁路|供电|水务|公交|城投|燃气)(?:集团|公司)"
)
_NOBODY = re.compile(r"(?:有关|相关|各级|各)(?:[^，。；]{0,4})(?:部门|单位|地方)")


@dataclass(frozen=True)
class Ahead:
    """A sentence that says something is still to be done; `until` and `owner` are its words for them, or empty."""

    sentence: str
    until: str
    owner: str


@dataclass(frozen=True)
class Lacking:
    """A reply that says it is still to be done and does not say until when, or who does it.

    `sentence` shows it; it is empty where the text says nothing of what is to come.
    """

    date: bool
    owner: bool
    sentence: str


def ahead(text: str) -> list[Ahead]:
    """The sentences of a reply that say something is still to be done, in their order; courtesies say nothing."""
    return [Ahead(one, _first(_UNTIL, one), _owner(one)) for one in sentences(text) if _is_ahead(one)]


def sentence_ahead(text: str) -> str | None:
    """The first sentence that says the matter is still to be done; None where nothing says so.

    The evidence of "answered as solved (A), in the future tense". To keep up what has been done is no such sentence.
    """
    found = ahead(text)
    return found[0].sentence if found else None


def lacking(text: str) -> Lacking | None:
    """Whether what is still to be done has no date or no owner anywhere in the text; None where it has both.

    The evidence of "to be done (B) without date or owner", for a reply without a dated promise. Near words (近期, 尽快)
    are no date, nor is a plan of five years; 有关部门 are no owner.
    """
    told = ahead(text)
    date = any(_UNTIL.search(clause) for clause in _open_clauses(text))
    owner = any(_owner(clause) for clause in _open_clauses(text))
    if date and owner:
        return None
    short = [one for one in told if not (one.until and one.owner)] or told
    return Lacking(not date, not owner, short[0].sentence if short else "")


def _is_ahead(sentence: str) -> bool:
    clauses = [one.group() for one in _CLAUSE.finditer(sentence)]
    first = next((place for place, clause in enumerate(clauses) if _says_ahead(clause, sentence)), None)
    if first is None:
        return False
    rest = "".join(clauses[first:])
    deed = _DEED.search(rest) is not None
    if _RHETORIC.search(rest) and not _UNTIL.search(rest):
        deed = False
    keeps_up = _UPKEEP.search(rest) is not None or _RHETORIC.search(rest) is not None
    return deed or not keeps_up


def _says_ahead(clause: str, sentence: str) -> bool:
    if _LISTED.search(clause):
        return _FINISHED.search(sentence.replace(clause, "", 1)) is None and not re.search(r"完工|竣工|建成", sentence)
    return _AHEAD.search(clause) is not None and _DONE.search(clause) is None


def _open_clauses(text: str) -> Iterator[str]:
    """The clauses that do not say something is done: a sentence ahead is whole, of others what is not of the past."""
    for sentence in sentences(text):
        if _SINCE.search(sentence):
            continue
        clauses = [one.group() for one in _CLAUSE.finditer(sentence)]
        yield from [sentence] if _is_ahead(sentence) else [one for one in clauses if not _DONE.search(one)]


def _first(pattern: re.Pattern[str], sentence: str) -> str:
    found = pattern.search(sentence)
    return found.group() if found else ""


def _owner(sentence: str) -> str:
    return _first(_OWNER, _NOBODY.sub("", sentence))
