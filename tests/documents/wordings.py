"""Forty suggestions as deputies of a small city might write them: title, who, and what it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章"
GIVEN = (
    "建国", "秀英", "伟", "芳", "志强", "丽娟", "磊", "敏", "永红", "晓东", "桂兰", "海涛", "静", "国平", "春梅", "鹏",
    "玉兰", "文斌", "婷", "德胜",
)  # fmt: skip
DELEGATIONS = ("北山代表团", "东坡代表团", "南河代表团", "西湖代表团", "经济开发区代表团")
SUBJECTS = (
    ("加快老旧小区加装电梯", "小区住户中老年人超过三成,上下楼十分不便"),
    ("拓宽东坡路南段", "早晚高峰车辆排队超过一公里"),
    ("增设社区养老服务驿站", "步行一刻钟内没有助餐点的社区还有二十一个"),
    ("治理北山水库周边面源污染", "去年水质有三个月未达到三类"),
    ("规范共享单车停放", "地铁口人行道被占用,轮椅无法通过"),
    ("在城南片区新建一所小学", "片区学位缺口约六百个"),
    ("完善农村生活污水处理设施运行管理", "四成设施因缺少电费和维护而停用"),
    ("提高村医待遇、稳定村医队伍", "近三年有三十七名村医离岗"),
    ("推动公共停车场夜间错时共享", "机关院内夜间空置车位超过一千个"),
    ("加强校园周边食品安全监管", "抽查的小摊点中有一半没有登记"),
    ("加快推进城区雨污分流改造", "一到暴雨,解放路一带就积水"),
    ("支持本地中药材种植与加工", "药农卖原料多,深加工少"),
    ("在火车站增设出租车候客通道", "旅客夜间打车排队超过四十分钟"),
    ("优化公交线路、方便郊区群众出行", "最后一班车下午五点半就收车"),
    ("建立高层建筑消防设施常态检查机制", "部分楼栋消防泵长期断电"),
    ("保护和利用老城区历史建筑", "已有两处挂牌建筑出现墙体开裂"),
    ("加大对残疾人就业的扶持力度", "按比例安排就业的单位不到三成"),
    ("解决夜市油烟噪声扰民问题", "居民多次投诉,整治后又反弹"),
    ("在中小学普及急救知识", "学校配备除颤器的不足一成"),
    ("推进农产品冷链物流体系建设", "水果采后损耗率在两成以上"),
)


@dataclass
class Wording:
    """One suggestion, whatever form it is then written on."""

    number: int
    title: str
    lead: str
    co_signers: list[str]
    delegation: str
    card: str
    phone: str
    on: date
    paragraphs: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def written_day(self) -> str:
        return f"{self.on.year}年{self.on.month}月{self.on.day}日"


def name(number: int) -> str:
    return SURNAMES[number % len(SURNAMES)] + GIVEN[(number * 7) % len(GIVEN)]


def wording(number: int) -> Wording:
    """The suggestion of this number; the same number is always the same one."""
    what, fact = SUBJECTS[number % len(SUBJECTS)]
    begin = ("关于", "关于进一步", "关于尽快")[number % 3]
    paragraphs = [
        f"近年来,{fact},群众反映强烈。我们走访了{3 + number % 5}个社区,"
        f"与{20 + number}名居民座谈,并向有关单位了解了情况。",
        "一、存在的问题",
        f"(一)底数不清。据{2025 - number % 3}年的统计,还有{100 + number * 3}处没有纳入计划,有的单位说法不一。",
        "(二)责任不明。几个部门都在管,遇到具体问题时互相等待,办理时间一拖再拖。",
        "二、具体建议",
        f"1.由牵头部门会同财政部门,在{2026 + number % 2}年底前排出清单,明确时间和责任人。",
        "2.安排专项资金,优先解决群众意见最集中的地方;建议每季度公布一次进展。",
        "3.建立长效机制,请代表参与验收,避免一阵风。",
    ]
    signers = [name(number * 3 + step) for step in (1, 2, 5)][: number % 4]
    lead = name(number * 3)
    return Wording(
        number,
        f"{begin}{what}的建议",
        lead,
        [one for one in signers if one != lead],
        DELEGATIONS[number % len(DELEGATIONS)],
        f"{15000 + number}",
        f"139{12340000 + number * 37}",
        date(2026, 1, 8) + timedelta(days=number % 20),
        paragraphs,
    )


def all_names() -> list[str]:
    """Everybody who makes or signs one of the forty, in a fixed order, each once."""
    return list(
        dict.fromkeys(one for number in range(40) for one in (wording(number).lead, *wording(number).co_signers))
    )
