"""The issue on paper and as files: a leader's page is one page, and nobody's part says more than he may read."""

import pytest

from tests.bulletin.test_issue import frozen
from tests.escalation.city import build, owed
from tests.paper.read_back import docx_text, pdf_pages, pdf_text
from tracker.bulletin import printed

ALL = {"all": True}


@pytest.fixture
def issue(session):
    city = build()
    for number in range(14):
        owed(city, "roads" if number % 2 else "court", title=f"关于路灯第{number}处的建议")
    return frozen(city), city


def test_a_leaders_page_is_one_page_with_room_to_write(issue):
    made, _city = issue
    [page] = pdf_pages(printed.one_page_pdf(made, ALL, "zh_Hans_CN", to="主任会议："))
    for said in ("督办周报", "第1期", "主任会议", "我们看不到的", "另有22条", "批示", "7/7"):
        assert said in page
    [english] = pdf_pages(printed.one_page_pdf(made, ALL, "en"))
    assert "Weeklybulletin" in english
    assert "Instruction" in english


def test_the_whole_part_lists_every_line_and_only_his(issue):
    made, city = issue
    scope = {"bodies": [city.body("court").id], "internal": True}
    text = pdf_text(printed.issue_pdf(made, scope, "zh_Hans_CN"))
    assert "关于路灯第0处的建议" in text
    assert "关于路灯第1处的建议" not in text
    assert "我们看不到的" not in text
    assert "关于路灯第0处的建议" in docx_text(printed.issue_docx(made, scope, "zh_Hans_CN"))
    assert printed.issue_xlsx(made, scope, "en").startswith(b"PK")
    assert "关于路灯" not in pdf_text(printed.issue_pdf(made, ALL, "zh_Hans_CN", detail="numbers"))
    assert printed.one_page_pdf(made, scope, "en") == printed.one_page_pdf(made, scope, "en"), "made of what is frozen"
    assert len(pdf_pages(printed.one_page_pdf(made, {"bodies": []}, "en"))) == 1
