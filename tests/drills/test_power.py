"""The power goes: nothing that was answered is lost. And the drill can tell: with less care much would be."""

import random
from pathlib import Path

import pytest

from tests.databases import settings
from tests.drills.apart import apart
from tests.drills.power import cut_often, cut_plain
from tracker import sqlite

CUTS = 6  # `python3 start.py bench power` cuts a hundred times


@pytest.mark.engines("sqlite")
def test_a_power_cut_takes_nothing_that_was_answered(database_url, tmp_path):
    database = Path(database_url.removeprefix("sqlite:///"))
    told = apart(cut_often, settings(tmp_path, database_url), database, cuts=CUTS, chains=1, chance=random.Random(5))
    assert told["answered"] > 0
    assert (told["lost"], told["damaged"]) == (0, 0)


@pytest.mark.parametrize("old_library", [True, False])
def test_what_the_library_is_told_loses_nothing(tmp_path, old_library):
    manners = sqlite.manners((3, 40, 1) if old_library else (3, 53, 4))
    told = apart(cut_plain, tmp_path / "plain.db", *manners, acts=150, cuts=30, chance=random.Random(5))
    assert (told["lost"], told["damaged"]) == (0, 0)


@pytest.mark.parametrize("manners", [("wal", "normal"), ("delete", "full"), ("delete", "off")])
def test_with_less_care_something_is_lost(tmp_path, manners):
    told = apart(cut_plain, tmp_path / "plain.db", *manners, acts=150, cuts=60, chance=random.Random(5))
    assert told["lost"] > 0
