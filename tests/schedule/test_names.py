"""What a job counted is told in words, and a moment as moments are written."""

import pytest
from flask_babel import force_locale

from tests.house_rules.source import ROOT
from tracker.schedule import names

pytestmark = pytest.mark.engines("sqlite")


def test_what_is_nought_is_not_told(app):
    with app.test_request_context(), force_locale("en"):
        assert names.counted([("raised", 0), ("letters", 3), ("rows", 12)]) == "letters 3, rows 12"
        assert names.counted([("rows", 0)]) == ""


@pytest.mark.parametrize(("slot", "text"), [("2026-12-01T00:30", "2026-12-01 00:30"), ("2026-12-01", "2026-12-01")])
def test_a_slot_is_written_like_any_moment(slot, text):
    assert names.slot_text(slot) == text


def test_every_count_of_a_job_has_its_word():
    told = set()
    for file in (ROOT / "tracker").glob("*/jobs.py"):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip().startswith(("return {", '"')):
                told |= {part.split('"')[1] for part in line.split(",") if part.count('"') == 2 and '":' in part}
    assert told - set(names.COUNTS) == set()
