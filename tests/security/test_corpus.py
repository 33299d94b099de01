"""The hostile corpus: a sentence at every door and nothing left, or unharmed and harmless. All × all: bench attacks."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import sqlalchemy as sa

from tests.security.corpus import CORPUS, INERT, REFUSED, TAKEN, Sample
from tests.security.doors import GOOD, ON, Door, House
from tracker.database import db
from tracker.files.models import File
from tracker.handling.models import ReplyFile

pytestmark = pytest.mark.engines("sqlite")
TYPES = re.compile(r"application/(pdf|ofd|x-ole-storage|vnd\.openxmlformats[\w.-]+)|image/(png|jpeg)|text/plain")


@pytest.fixture
def house(app, session, reader, stopped_clock) -> House:
    stopped_clock(ON)
    return House(app, reader)


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(CORPUS) >= 105
    assert len(TAKEN) >= 16
    assert len(REFUSED) >= 46


def test_every_form_that_takes_files_is_a_door_of_ours(house: House) -> None:
    """A new field for files fails here, until its door stands in doors.py."""
    fields = [
        line
        for path in Path("tracker").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"= (Multiple)?FileField\(", line)
    ]
    assert len(fields) == 15
    assert len(house.doors) == 19


def test_a_good_file_goes_through_every_door(house: House) -> None:
    """Else the refusals below would show nothing."""
    for door in house.doors:
        before = house.left()
        answer, text = house.send(door, *GOOD[door.takes])
        assert answer.status_code in (200, 302), door
        changed = {name for name, count in house.left().items() if count != before[name]}
        assert changed or "2027-01-01" in text, f"{door.endpoint}: {text[:3000]}"


def test_hostile_files_get_a_sentence_at_every_door_and_leave_nothing(house: House) -> None:
    light = [sample for sample in REFUSED if not sample.is_heavy]
    wrong = []
    for place, sample in enumerate(light):
        wrong += refusals(house, house.doors[place % len(house.doors)], sample)
    assert wrong == []


def test_where_the_scanner_is_silent_no_door_takes_anything_and_text_is_kept(house: House, app, tmp_path: Path) -> None:
    app.config["CLAMD_SOCKET"] = str(tmp_path / "nobody.ctl")
    before = house.left()
    for door in house.doors:
        answer, text = house.send(door, *GOOD[door.takes])
        assert (answer.status_code, "病毒扫描程序没有应答" in text) == (200, True), door.endpoint
    assert house.left() == before


def refusals(house: House, door: Door, sample: Sample) -> list[str]:
    """What is wrong with how this door refuses this file."""
    if door.takes == "ledger" and sample.name.endswith(".csv"):
        return []  # that is a ledger, if a poor one
    before, begun = house.left(), time.process_time()
    answer, text = house.send(door, sample.name, sample.make())
    where, found = f"{door.endpoint}, {sample.name}", []
    if answer.status_code not in (200, 413) or 'class="form-errors' not in text:
        found.append(f"{where}: answers {answer.status_code} without a sentence")
    if "/tmp" in text or "Traceback" in text:
        found.append(f"{where}: tells of our insides")
    if house.left() != before:
        found.append(f"{where}: leaves something behind")
    if time.process_time() - begun > 10:
        found.append(f"{where}: takes more than ten seconds of the processor")
    return found


def test_legitimate_files_come_back_byte_for_byte_under_their_own_names(house: House) -> None:
    made = [(sample.name, sample.make()) for sample in TAKEN]
    house.send_all(house.doors[0], made)
    assert [(name, content) for name, content, _answer in downloads(house)] == made


def test_what_is_strange_but_kept_goes_out_as_a_download_that_nothing_runs(house: House) -> None:
    door = house.doors[0]
    for sample in INERT:
        answer, _text = house.send(door, sample.name, sample.make())
        assert answer.status_code in (200, 302), sample.name
    kept = downloads(house)
    assert len(kept) > len(INERT) / 2
    for name, _content, answer in kept:
        assert answer.headers["Content-Disposition"].startswith("attachment; ")
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert TYPES.fullmatch(answer.content_type), answer.content_type
        assert not re.search(r"[\x00-\x1f\\/<>\u202e]|\.\.", name), name
        assert 0 < len(name) <= 125


def downloads(house: House) -> list[tuple[str, bytes, Any]]:
    """Every file of the draft, asked for as its writers ask."""
    rows = sa.select(ReplyFile.reply_id, File.id).join(File, ReplyFile.file_id == File.id).order_by(File.id)
    reply_id = house.city.replies["schools"].id
    ids = [file_id for _reply, file_id in db.session.execute(rows.where(ReplyFile.reply_id == reply_id))][1:]
    db.session.rollback()  # a download leaves a trace
    found = []
    for file_id in ids:
        visitor = house.visitors["schools"]
        with visitor.app.app_context():
            answer = visitor.client.get(f"/replies/{reply_id}/files/{file_id}", base_url="http://127.0.0.1:8000")
            content = answer.get_data()
            answer.close()
        name = unquote(answer.headers["Content-Disposition"].partition("filename*=UTF-8''")[2])
        found.append((name, content, answer))
    return found
