"""The yearly report says nothing a figure does not say, and each number can be followed to its list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tracker.figures.measures import MEASURES
from tracker.paper.document import Paragraph, Table
from tracker.reports.citing import Cited, Row, percent
from tracker.reports.yearly import Year, report

NOTHING = dict.fromkeys(MEASURES, 0)


def some(**figures: int) -> dict[str, int]:
    return {**NOTHING, **figures}


ROADS = Row(
    "市交通局",
    "body",
    "7",
    some(received=20, main=20, answered=20, due_original=20, in_time_original=3, late_original=17),
)
SCHOOLS = Row("市教育局", "body", "8", some(received=9, main=9, answered=9, due_original=9, in_time_original=9))
NEVER = Row("市水务局", "body", "9", some(received=6, main=6, due_original=6, late_original=6))
FEW = Row("市档案局", "body", "10", some(received=2, main=2, answered=2, due_original=2, late_original=2))
WHOLE = some(
    items_recorded=40,
    items=38,
    received=37,
    main=37,
    answered=31,
    open=6,
    due_original=37,
    in_time_original=12,
    late_original=25,
    open_late_original=6,
    last_asked=31,
    last_rated=4,
    last_satisfied=4,
    last_unrated=27,
)
YEAR = Year(
    congress="临江市人民代表大会",
    office="代表工作委员会",
    period="2026年",
    frozen_on=date(2026, 11, 30),
    whole=WHOLE,
    before=None,
    branches=[],
    bodies=[ROADS, SCHOOLS, NEVER, FEW],
    subjects=[],
    signs=[("答复前未与代表沟通", 7)],
    unseen=[("代表收到答复后未作评价", 27)],
    minimum=5,
)


def a_cited(marked: bool = True) -> Cited:
    return Cited(marked, 5, lambda measure, by, key: f"/figures/items?measure={measure}&by={by}&key={key}")


def written(year: Year, cited: Cited | None = None) -> str:
    return "\n".join(one.text for one in report(year, cited or a_cited()).blocks if isinstance(one, Paragraph))


def test_no_percentage_stands_without_its_count():
    text = written(YEAR, a_cited(marked=False))
    assert "按期12件次（占37件次的32.4%）" in text
    assert "逾期25件次（占37件次的67.6%）" in text


def test_of_too_few_no_percentage_is_told_and_the_unrated_stand_beside():
    text = written(YEAR, a_cited(marked=False))
    assert "已评价4件次（占31件次的12.9%），其中满意4件次（共4件次）" in text
    assert "逾期未评价27件次，不计入满意" in text


def test_the_worst_are_named_with_their_cases_and_small_bodies_are_not_compared():
    text = written(YEAR, a_cited(marked=False))
    compared = next(line for line in text.splitlines() if line.startswith("按最初期限计，逾期比例较高的单位"))
    assert compared.index("市水务局") < compared.index("市交通局")
    assert "市档案局" not in compared
    assert "市教育局" not in compared


def test_a_body_that_never_finished_anything_is_named():
    assert "至今一件未答复的单位：市水务局（须答复6件次）。" in written(YEAR, a_cited(marked=False))


def test_each_number_has_a_source_and_the_annex_lists_it_with_its_list():
    cited = a_cited()
    made = report(YEAR, cited)
    told = "\n".join(one.text for one in made.blocks if isinstance(one, Paragraph))
    sources = made.slip[-1]
    assert isinstance(sources, Table)
    assert [row[0] for row in sources.rows] == [str(number) for number in range(1, len(cited.sources) + 1)]
    for one in cited.sources:
        assert f"〔{one.mark}〕" in told
    late = next(one for one in cited.sources if (one.key, one.of_whom) == ("late_original", "市交通局"))
    assert (late.value, late.address) == (17, "/figures/items?measure=late_original&by=body&key=7")


def test_a_clean_copy_has_no_marks_and_no_annex_of_sources():
    made = report(YEAR, a_cited(marked=False))
    assert "〔" not in "\n".join(one.text for one in made.blocks if isinstance(one, Paragraph))
    assert [one.text[:3] for one in made.slip if isinstance(one, Paragraph)] == ["附表1", "附表2"]


def test_a_year_without_anything_says_so_and_divides_by_nothing():
    empty = replace(YEAR, whole=NOTHING, bodies=[], signs=[], unseen=[])
    assert "没有发现逾期、弱办迹象和无法反映的情况。" in written(empty)


def test_a_hundred_per_cent_is_all_and_nothing_less():
    assert [percent(*one) for one in ((1999, 2000), (20_000, 20_000), (1, 90_000), (0, 3), (1, 3))] == [
        "99.9%",
        "100.0%",
        "0.1%",
        "0.0%",
        "33.3%",
    ]
