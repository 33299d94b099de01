"""The sheets of the structure workbook: their columns and words, as they may be written in Chinese and in English.

Of each pair of names the first is English, the second Chinese; what follows is understood too. Data, not messages:
a workbook keeps its words whatever language its reader speaks.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.structure.models import Branch, Channel, Rank, SuccessionKind

Names = tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column: the field it fills, its names, and what its cells hold: text, number, day, term, body, bodies,
    officer, or words.
    """

    field: str
    names: Names
    holds: str = "text"
    needed: bool = False


NAME = Column("name", ("Name", "名称", "Official name", "单位名称", "机构名称", "承办单位"), needed=True)
PERSON = Column("name", ("Name", "姓名", "名字"), needed=True)
NAME_EN = Column("name_en", ("Name in English", "英文名称", "英文名"))
EMAIL = Column("email", ("E-mail", "电子邮箱", "邮箱", "电子邮件", "email"))
PHONE = Column("phone", ("Phone", "电话", "联系电话", "手机", "手机号码"))
LANGUAGE = Column("language", ("Language", "语言"), "language")
ACTIVE = Column("active", ("In office", "在任", "是否在任"), "yes")
TERM = Column("term_id", ("Term", "届次", "届"), "term")

SHEETS: dict[str, tuple[Names, tuple[Column, ...]]] = {
    "terms": (
        ("Terms", "届次"),
        (
            Column("ordinal", ("Number of the term", "届次", "届"), "number", needed=True),
            Column("opened_on", ("Opened on", "开始日期", "起始日期"), "day", needed=True),
            Column("closed_on", ("Closed on", "结束日期", "届满日期"), "day"),
        ),
    ),
    "bodies": (
        ("Bodies", "机构", "承办单位", "单位"),
        (
            NAME,
            Column("short_name", ("Short name", "简称")),
            NAME_EN,
            Column("former_names", ("Former names", "曾用名", "原名称")),
            Column("branch", ("Branch", "系统", "类别", "机关类别"), "branch"),
            Column("is_hub", ("Is a hub", "是否枢纽", "是否分办单位"), "yes"),
            Column("hub_id", ("Hub", "分办单位", "归口单位", "枢纽"), "body"),
            Column("parent_id", ("Belongs to", "上级单位", "隶属"), "body"),
            Column("is_committee", ("Is a special committee", "是否专门委员会", "是否专委会"), "yes"),
            Column("committees", ("Watched by", "对口联系", "对口委员会", "对口专委会"), "bodies"),
            Column("document_prefix", ("Document prefix", "发文字号", "发文机关代字")),
            Column("sort_key", ("Place in the ledger", "排序", "序号"), "number"),
            Column("closed_on", ("Closed on", "撤销日期", "撤并日期"), "day"),
        ),
    ),
    "successions": (
        ("Successions", "机构沿革", "机构改革"),
        (
            Column("predecessor_id", ("Predecessor", "原机构", "原单位", "前身"), "body", needed=True),
            Column("successor_id", ("Successor", "承接机构", "现机构", "承接单位"), "body", needed=True),
            Column("kind", ("How", "方式", "变动方式"), "succession", needed=True),
            Column("on", ("On", "日期", "变动日期"), "day", needed=True),
            Column("document_number", ("Document", "文号", "依据文号")),
        ),
    ),
    "officers": (
        ("Officers", "联系人", "人员", "负责人"),
        (
            Column("body_id", ("Body", "单位", "承办单位", "所在单位"), "body"),
            PERSON,
            Column("title", ("Post", "职务")),
            Column("rank", ("Rank", "层级", "角色"), "rank"),
            EMAIL,
            PHONE,
            Column("channel", ("Letters go", "送达方式", "渠道"), "channel"),
            Column("shared", ("Shared mailbox", "共用邮箱", "公用邮箱", "是否共用邮箱"), "yes"),
            LANGUAGE,
            Column("in_charge_of", ("In charge of", "分管单位", "分管"), "bodies"),
            Column("from_on", ("In charge from", "分管起始日期", "分管日期"), "day"),
            Column("absent_from_on", ("Absent from", "离岗起始日期", "不在岗起始日期"), "day"),
            Column("absent_until_on", ("Absent until", "离岗结束日期", "不在岗结束日期"), "day"),
            Column("substitute_id", ("Substitute", "代理人", "代办人", "AB角"), "officer"),
            ACTIVE,
        ),
    ),
    "delegations": (
        ("Delegations", "代表团"),
        (
            Column("name", ("Name", "名称", "Official name", "代表团", "代表团名称"), needed=True),
            TERM,
            NAME_EN,
            Column("liaison_name", ("Liaison", "联络员")),
            Column("liaison_email", ("E-mail of the liaison", "联络员邮箱", "联络员电子邮箱")),
        ),
    ),
    "deputies": (
        ("Deputies", "代表", "代表名单"),
        (
            PERSON,
            TERM,
            Column("delegation_id", ("Delegation", "代表团", "所属代表团"), "delegation"),
            Column("card_number", ("Card number", "代表证号", "证号")),
            Column("earlier_card", ("Earlier card", "上届代表证号", "往届代表证号")),
            EMAIL,
            PHONE,
            Column("address", ("Address", "通讯地址", "地址")),
            Column("employer", ("Employer and post", "工作单位及职务", "工作单位", "单位及职务")),
            Column("heads_body_id", ("Heads this body", "担任负责人的单位", "任负责人单位"), "body"),
            LANGUAGE,
            ACTIVE,
        ),
    ),
}

WORDS: dict[str, dict[str, Names]] = {
    "yes": {"yes": ("yes", "是", "true", "y", "1", "√"), "no": ("no", "否", "false", "n", "0", "×")},
    "language": {"zh_Hans_CN": ("Chinese", "中文", "zh", "zh_Hans_CN", "zh-CN"), "en": ("English", "英文", "en")},
    "branch": {
        Branch.GOVERNMENT: ("Government", "政府", "政府部门"),
        Branch.COURT: ("Court", "法院"),
        Branch.PROCURATORATE: ("Procuratorate", "检察院"),
        Branch.SUPERVISORY_COMMISSION: ("Supervisory commission", "监察委员会", "监委", "监察委"),
        Branch.PARTY: ("Party organ", "党委", "党委部门"),
        Branch.MASS_ORGANISATION: ("Mass organisation", "群团", "群团组织", "人民团体"),
        Branch.CONGRESS: ("Congress", "人大", "人大机关"),
        Branch.ENTERPRISE: ("Enterprise", "企业", "企事业单位"),
        Branch.LOWER_GOVERNMENT: ("Lower government", "下级政府", "县区政府", "区县政府"),
    },
    "rank": {
        Rank.HANDLER: ("Handler", "联系人", "经办人", "承办人"),
        Rank.DEPUTY_HEAD: ("Deputy head in charge", "分管负责人", "分管领导"),
        Rank.HEAD: ("Head", "主要负责人", "主要领导"),
        Rank.HUB_OFFICE: ("Hub office", "分办单位办公室", "督查室"),
        Rank.VICE_MAYOR: ("Vice-mayor", "副市长"),
        Rank.MAYOR: ("Mayor", "市长"),
        Rank.VICE_PRESIDENT: ("Vice-president", "副院长", "副检察长"),
        Rank.PRESIDENT: ("President or chief", "院长", "检察长", "监委主任"),
        Rank.COMMITTEE: ("Special committee", "专门委员会", "专委会"),
        Rank.OUR_CLERK: ("Our clerk", "人大经办人"),
        Rank.OUR_DIRECTOR: ("Our director", "代表工委主任"),
        Rank.SECRETARY_GENERAL: ("Secretary-general", "秘书长"),
        Rank.DIRECTORS_MEETING: ("Directors' meeting", "主任会议"),
    },
    "succession": {
        SuccessionKind.RENAMED: ("Renamed", "更名", "改名"),
        SuccessionKind.MERGED: ("Merged", "合并", "并入"),
        SuccessionKind.SPLIT: ("Split", "拆分", "分设"),
        SuccessionKind.TRANSFERRED: ("Transferred", "职能划转", "划转"),
    },
    "channel": {
        Channel.MAIL: ("Mail", "邮件", "电子邮件"),
        Channel.PAPER: ("Paper", "纸质", "呈阅件"),
        Channel.VIA_HUB: ("Via hub", "经分办单位", "由政府办转"),
    },
}


def bare(text: str) -> str:
    """A name without what people write differently: blanks, case, a star for what is needed."""
    return "".join(text.split()).strip("*＊:：").casefold()


def sheet_key(name: str) -> str | None:
    """The sheet meant by a name, if it is one of ours."""
    wanted = bare(name)
    return next((key for key, (names, _all) in SHEETS.items() if wanted in {key, *map(bare, names)}), None)


def column_of(key: str, header: str) -> Column | None:
    """The column of a sheet meant by a header, by its field or one of its names."""
    wanted = bare(header)
    return next((one for one in SHEETS[key][1] if wanted in {one.field, *map(bare, one.names)}), None)


def word_of(kind: str, text: str) -> str | None:
    """The word meant by a cell; the word itself is understood as well."""
    wanted = bare(text)
    return next((str(word) for word, names in WORDS[kind].items() if wanted in {str(word), *map(bare, names)}), None)
