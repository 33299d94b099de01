"""A clerk's first week: from an empty system to a register of two years that goes out as the office prints it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import ExitStack

import openpyxl
import pytest

from tests.documents.wordings import wording
from tests.journeys import moving_in, papers
from tests.journeys.moving_in import Week, reads_in
from tests.journeys.town import as_it_stands
from tests.reader import Page, Reader
from tracker.care.doctor import examine

LIFTS, ROAD, ROAD_TOO = (wording(number).title for number in (20, 1, 21))
LIFTS_THEN, ROAD_THEN = papers.LAST_YEAR[0][2], papers.LAST_YEAR[2][2]


@pytest.fixture
def week(app, tmp_path, mail_sink, reader) -> Iterator[Week]:
    app.config["SMTP_URL"] = mail_sink.url
    with ExitStack() as days:
        yield Week(app, tmp_path, mail_sink, days, reader)


def test_the_first_week(week: Week) -> None:
    week.on("2026-02-02")
    moving_in.the_office_is_set_up(week)
    moving_in.the_workbook_is_filled_and_taken_in(week)
    moving_in.last_years_ledger_is_read_in(week)
    week.on("2026-02-03")
    moving_in.the_numbers_get_their_pattern(week)
    moving_in.forty_word_files_are_gone_through(week)
    the_same_matter_is_found(week)
    week.on("2026-02-04")
    a_co_signer_confirms(week)
    bodies_are_advised_and_handed_over(week)
    week.on("2026-02-06")
    everything_is_found(week)
    a_list_is_kept_and_taken(week)
    the_ledger_goes_out_and_brings_nothing_new(week)
    with week.app.app_context():
        assert examine() == []


def the_same_matter_is_found(week: Week) -> None:
    """Last year's is linked with what was promised then; two of this year are handled as one."""
    clerk = week.reader
    for title, then in ((LIFTS, LIFTS_THEN), (ROAD, ROAD_THEN)):
        page = clerk.read(clerk.read(week.page_of(title)).links()["Look-alikes"])
        assert then in page.text
        assert "class A" in page.text
    address = next(form["action"] for form in page.all("form") if form["action"].endswith("/same-matters"))
    told = clerk.send(address, {"other_id": the_linked(page), "reason": "同一路段，三年未解决"})
    assert "Answered as solved, and back again" in told.text
    page = clerk.read(clerk.read(week.page_of(ROAD_TOO)).links()["Look-alikes"])
    number = re.search(r"Merge into (\S+)…", page.text)[1]
    both = clerk.read(page.links()[f"Merge into {number}…"])
    assert {ROAD, ROAD_TOO} <= {one.text.split(" ", 1)[1] for one in both.all("h3")}
    merged = clerk.send(week.page_of(ROAD_TOO) + "/merger", {"into": number, "reason": "同一条路"})
    assert "Merged." in merged.text


def the_linked(page: Page) -> str:
    """The id of last year's road among the look-alikes."""
    address = page.links()[ROAD_THEN]
    return address.rsplit("/", 1)[1]


def a_co_signer_confirms(week: Week) -> None:
    """Asked by letter, he answers with the link in it."""
    clerk, path = week.reader, week.page_of(ROAD) + "/co-signers"
    clerk.read(path)
    assert "Asked: 1" in clerk.send(f"{path}/asking").text
    [letter] = week.post("周永红")
    deputy = Reader(week.app)
    [link] = re.findall(r"/links/[\w-]+/co-signing", letter)
    assert "东坡路" in deputy.read(link).text
    assert "您已于2026-02-04" in deputy.send(link, {"answer": "yes"}).text
    assert "confirmed" in clerk.read(path).text


def bodies_are_advised_and_handed_over(week: Week) -> None:
    """What the past says is taken with one press; the rest is named by hand; then all go out on one day."""
    clerk = week.reader
    address = next(
        url for text, url in clerk.read("dispatch.index").links().items() if text.startswith("Hand over 2026")
    )
    page = clerk.read(address)
    page = clerk.send(next(form["action"] for form in page.all("form") if "advi" in form["action"]))
    assert "Take as lead" in page.text
    advised = {text: url for text, url in page.links().items() if text.startswith("Take as lead")}
    for url in advised.values():
        form = clerk.read(url)
        action = f"{url.split('?')[0]}?then=list"
        page = clerk.send(action, as_it_stands(form, action))
        assert page.response.request.path == address, "the list goes on"
    left = {text: url for text, url in page.links().items() if text.startswith("Name bodies")}
    assert len(advised) + len(left) == 39
    schools = next(one["value"] for one in form.all("option") if one.text == papers.SCHOOLS)
    for url in left.values():
        clerk.read(url)
        clerk.send(url, {"manner": "lead", "lead_id": schools})
    form = as_it_stands(clerk.read(address), address)
    done = clerk.send(address, {**form, "document_number": "临人办〔2026〕5号", "confirmed": "y"})
    assert "Handed over" in done.text
    assert "林承办" not in str([letter["To"] for letter in week.sink.letters])
    assert week.post("何副局长"), "she reads what is meant for the colleague who is away"


def everything_is_found(week: Week) -> None:
    """Two signs, initials, the name a body had before, a number, a name."""
    clerk = week.reader
    for q, title in (("电梯", LIFTS), ("hjg", LIFTS), ("市公路局", ROAD), ("第002号", ROAD), ("周永红", ROAD)):
        assert title in clerk.read("register.index", q=q).links(), q
    assert ROAD not in clerk.read("register.index", q="电梯").links()


def a_list_is_kept_and_taken(week: Week) -> None:
    """The list she opens every morning has a name, and comes as a file."""
    clerk = week.reader
    page = clerk.read("register.index", q="电梯", sort="due")
    clerk.read(next(url for url in page.links().values() if url.startswith("/views/new")))
    clerk.send(clerk.page.response.request.full_path, {"name": "电梯件", "shared": "y"})
    opened = clerk.read(clerk.read("people.views").links()["电梯件"])
    assert LIFTS in opened.links()
    assert ROAD not in opened.links()
    taken = clerk.read(next(url for url in opened.links().values() if "layout=handling-list" in url))
    cells = openpyxl.load_workbook(io.BytesIO(taken.response.data)).worksheets[0]
    assert LIFTS in [cells.cell(row, 3).value for row in range(1, cells.max_row + 1)]


def the_ledger_goes_out_and_brings_nothing_new(week: Week) -> None:
    """As the office prints it; read in again it adds and changes nothing."""
    clerk = week.reader
    page = clerk.read("register.index")
    [meeting] = [one["value"] for one in page.all("option") if one.text.startswith("Meeting of 2026")]
    for layout in ("catalogue", "replies", "handling-list", "hand-over"):
        out = clerk.read("register.download", meeting=meeting, layout=layout)
        file = week.folder / f"{layout}.xlsx"
        file.write_bytes(out.response.data)
        assert "nothing was changed" in reads_in(clerk, file, "2026").text, layout
