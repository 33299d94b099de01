"""What people of the town do, page by page, as they would in a browser."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from tests.journeys.town import Town, as_it_stands, link_about
from tests.reader import Page, Reader

HEADINGS = ("编号", "标题", "领衔代表", "附议人", "主办单位", "协办单位", "建议内容")
REPLY = {
    "class_label": "A",
    "document_number": "临交〔2026〕31号",
    "signer": "周局长",
    "contact_person": "林承办",
    "publicity": "full",
    "text": "江滨路已经拓宽,五月通车。",
    "paper_original": "y",
}


def a_ledger(folder: Path, title: str, rows: Sequence[Sequence[str]]) -> Path:
    """A ledger as an office keeps it: its title over all columns, the headings, the rows, a line of the total."""
    path = folder / "台账.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("交办表")
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, title)
        sheet.write_row(1, 0, HEADINGS)
        for number, row in enumerate(rows, start=2):
            sheet.write_row(number, 0, row)
        sheet.write_row(len(rows) + 2, 0, ["合计", f"{len(rows)}件"])
    return path


def import_ledger(clerk: Reader, path: Path, town: Town) -> Page:
    """Send the file, look at what was recognised, read it in."""
    clerk.read("/ledgers")
    page = clerk.send("/ledgers", {"file": (io.BytesIO(path.read_bytes()), path.name)})
    address = next(form["action"] for form in page.all("form") if "/ledgers/uploads/" in form["action"])
    filled = as_it_stands(page, address)
    return clerk.send(address, {**filled, "meeting_id": str(town.meeting.id), "act": "import"})


def hand_over(clerk: Reader, town: Town, on: str, document: str = "临人办〔2026〕5号") -> Page:
    """The whole meeting at once."""
    path = f"/meetings/{town.meeting.id}/hand-over"
    filled = as_it_stands(clerk.read(path), path)
    return clerk.send(path, {**filled, "on": on, "document_number": document, "confirmed": "y"})


def link_for(town: Town, name: str, title: str) -> str:
    """The link about an item in the newest letter a person got."""
    [letter] = town.new_letters(name)
    return link_about(letter, title)


def sign_for(link: str, reader: Reader, name: str) -> Page:
    reader.read(f"{link}/receipt")
    return reader.send(f"{link}/receipt", {"acting_name": name})


def speak_with(link: str, reader: Reader, name: str, deputy: str, on: str) -> Page:
    reader.read(f"{link}/contact")
    facts = {"acting_name": name, "on": on, "manner": "visit", "person": deputy, "note": "现场看过。"}
    return reader.send(f"{link}/contact", facts)


def answer(link: str, reader: Reader, name: str, letter_on: str, **changes: str) -> Page:
    """The reply, written and submitted."""
    page = reader.read(f"{link}/reply")
    filled = as_it_stands(page, f"{link}/reply")
    return reader.send(
        f"{link}/reply", {**filled, **REPLY, "acting_name": name, "letter_on": letter_on, **changes, "act": "submit"}
    )


def deliver(clerk: Reader, title: str) -> Page:
    """The office reads the submitted reply and lets it go."""
    [path] = [url for text, url in clerk.read("/replies").links().items() if title in text]
    page = clerk.read(path)
    assert title in page.text
    return clerk.send(f"{path}/delivery", {"way": "system"})


def rate(link: str, reader: Reader, attitude: str, result: str, comment: str = "") -> Page:
    """The deputy judges; how he was treated and what came of it are asked apart."""
    reader.read(link)
    return reader.send(link, {"attitude": attitude, "result": result, "comment": comment})


def study(clerk: Reader, finding: str, note: str = "") -> str:
    """The office opens the one rating that waits to be studied, reads why, and decides; answers what it read."""
    page = clerk.read("/ratings?show=study")
    [path] = {url for url in page.links().values() if url.endswith("/study")}
    read = clerk.read(path).text
    assert "Decided" in clerk.send(path, {"finding": finding, "note": note}).text
    return read


def publish(clerk: Reader, title: str, on: str) -> Page:
    """The office notes where the reply can be read by everybody."""
    [item] = {url for text, url in clerk.read("/suggestions").links().items() if title in text}
    [reply] = {url for url in clerk.read(item).links().values() if re.fullmatch(r"/replies/\d+", url)}
    clerk.read(reply)
    return clerk.send(f"{reply}/publication", {"on": on, "place": "市人大网"})


def give_opinion(link: str, reader: Reader, name: str, text: str) -> Page:
    """The co-handler's opinion to the lead."""
    reader.read(f"{link}/opinion")
    return reader.send(f"{link}/opinion", {"acting_name": name, "text": text})
