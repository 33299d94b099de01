"""An office and a city without mail: everything is printed, signed by hand, scanned, and entered by its number."""

from __future__ import annotations

import io
import re

import pytest

from tests.files.papers import PDF
from tests.journeys import office
from tests.journeys.town import Town, as_it_stands
from tests.makers import entered
from tests.paper.read_back import pdf_text
from tests.reader import Page, Reader
from tracker.people.actions import add_user
from tracker.people.models import User
from tracker.roles import Role

ROAD = "关于拓宽江滨路的建议"
DRAIN = "关于疏通城北排水沟的建议"
CODE = re.compile(r"(?:JB|QD|MS|DF|YJ)-2026-\d{4}")


@pytest.fixture
def town_on_paper(town: Town, tmp_path) -> Town:
    """Nobody has an address; two suggestions of the same deputy were handed over to the transport bureau."""
    rows = [
        ("001", ROAD, "赵甲一", "钱乙", "市交通局", "", "江滨路早晚拥堵。"),
        ("002", DRAIN, "赵甲一", "", "市交通局", "市水务局", "雨天积水。"),
    ]
    office.import_ledger(town.clerk(), office.a_ledger(tmp_path, "交办表", rows), town)
    town.on("2026-03-02")
    office.hand_over(town.clerk(), town, "2026-03-02")
    return town


def scanned(name: str) -> dict[str, list[tuple[io.BytesIO, str]]]:
    return {"files": [(io.BytesIO(PDF), name)]}


def enter(clerk: Reader, code: str, facts: dict[str, object], name: str) -> Page:
    """The clerk reads the code with the scanner and puts the pages in."""
    page = clerk.read(f"/papers?code=http://127.0.0.1:8000/papers/{code}")
    path = page.response.request.path
    return clerk.send(path, {**as_it_stands(page, path), **facts, **scanned(name)})


def the_item(town: Town, title: str) -> str:
    return next(url for text, url in town.clerk().read("/suggestions").links().items() if title in text)


def test_a_suggestion_goes_its_whole_way_on_paper(town_on_paper: Town) -> None:
    town = town_on_paper
    the_slip_comes_back(town)
    lin = the_record_is_signed(town)
    the_letter_is_stamped(town, lin)
    the_deputy_ticks_the_form(town)
    story = town.clerk().read(the_item(town, ROAD)).text
    for said in (
        "Signed for",
        "市交通局 林承办",
        "Deputy contacted",
        "Original of the reply recorded",
        "from signed paper",
    ):
        assert said in story
    page = town.clerk().read("/papers")
    for name in ("签收回执.pdf", "面商记录.pdf", "盖章答复.pdf", "意见表.pdf"):
        assert name in page.links()


def the_slip_comes_back(town: Town) -> None:
    """The letters go out by messenger; the slip comes back signed, for both suggestions at once."""
    clerk, roads = town.clerk(), town.bodies["roads"]
    [act] = [url for url in clerk.read("/hand-overs").links().values() if re.fullmatch(r"/hand-overs/\d+", url)]
    clerk.read(act)
    letters = pdf_text(clerk.send(f"{act}/letters", {"format": "pdf"}).response.data)
    assert ROAD in letters
    assert "市水务局：" in letters
    letter = pdf_text(clerk.send(f"{act}/bodies/{roads.id}/letter", {"format": "pdf"}).response.data)
    [notice] = CODE.findall(letter)
    assert notice in letters
    town.on("2026-03-04")
    page = enter(town.clerk(), notice, {"on": "2026-03-03", "name": "林承办"}, "签收回执.pdf")
    assert "The receipt is noted" in page.text
    assert "Signed for" in town.clerk().read(the_item(town, DRAIN)).text


def the_record_is_signed(town: Town) -> User:
    """The bureau speaks with the deputy, who signs the record that was printed for him."""
    of = {"congress_id": town.congress.id, "body_id": town.bodies["roads"].id}
    lin = add_user("lin@roads.example", "林承办", Role.BODY_HANDLER, **of, **entered())
    handler = town.reader.signed_in_as(lin)
    record = pdf_text(handler.send(f"{own_page(handler)}/contact-record", {"format": "pdf"}).response.data)
    assert "赵甲一" in record
    [code] = CODE.findall(record)
    town.on("2026-03-20")
    said = {"on": "2026-03-18", "manner": "visit", "person": "赵甲一", "place": "江滨路", "note": "现场看过。"}
    assert "signed record is kept" in enter(town.clerk(), code, said, "面商记录.pdf").text
    handler = town.reader.signed_in_as(lin)
    handler.read(handler.read(own_page(handler)).links()["signed record"])  # the body opens it as one it uploaded
    return lin


def the_letter_is_stamped(town: Town, lin: User) -> None:
    """The bureau answers; the letter is printed, stamped, brought to the office, and delivered."""
    town.on("2026-04-20")
    handler = town.reader.signed_in_as(lin)
    where = f"{own_page(handler)}/reply"
    filled = {**as_it_stands(handler.read(where), where), **office.REPLY, "letter_on": "2026-04-20"}
    assert "The reply is submitted" in handler.send(where, {**filled, "act": "submit"}).text
    [where] = [one for one in presses(handler.read(own_page(handler))) if re.fullmatch(r"/replies/\d+/letter", one)]
    stamped = pdf_text(handler.send(where, {"format": "pdf"}).response.data)
    for words in ("市交通局文件", "临交〔2026〕31号", "赵甲一等2名代表：", "江滨路已经拓宽", "2026年4月20日"):
        assert words in stamped
    [code] = CODE.findall(stamped)
    town.on("2026-04-22")
    clerk = town.clerk()
    assert "The stamped letter is kept" in enter(clerk, code, {"received_on": "2026-04-21"}, "盖章答复.pdf").text
    [path] = [url for text, url in clerk.read("/replies").links().items() if ROAD in text]
    assert "盖章答复.pdf" in clerk.read(path).links()
    office.deliver(clerk, ROAD)


def the_deputy_ticks_the_form(town: Town) -> None:
    """The form is printed for the lead deputy, ticked by hand, and entered two days after he signed it."""
    clerk = town.clerk()
    [rating] = [url for url in clerk.read("/ratings").links().values() if url.endswith("/rating")]
    [where, _co_signer] = [one for one in presses(clerk.read(rating)) if "/opinion-forms/" in one]
    [code] = set(CODE.findall(pdf_text(clerk.send(where, {"format": "pdf"}).response.data)))
    town.on("2026-05-06")
    said = {"on": "2026-05-04", "attitude": "satisfied", "result": "satisfied", "comment": "感谢。"}
    assert "The rating is entered" in enter(town.clerk(), code, said, "意见表.pdf").text


def presses(page: Page) -> list[str]:
    """Where the forms of a page lead."""
    return [form["action"] for form in page.all("form") if form["action"]]


def own_page(handler: Reader) -> str:
    return next(url for text, url in handler.read("/inbox?show=all").links().items() if ROAD in text)
