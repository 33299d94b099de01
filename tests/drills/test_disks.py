"""Every trouble a disk can make, once: nothing that was answered is lost, reading goes on, all recovers by itself."""

import random

import pytest

from tests.databases import settings
from tests.drills.apart import apart
from tests.drills.disks import may_mount, small_disk, trouble_often

ROUNDS = 4  # `python3 start.py bench disks` makes two hundred


@pytest.mark.engines("sqlite")
def test_trouble_with_the_disk(database_url, tmp_path):
    told = apart(trouble_often, settings(tmp_path, database_url), tmp_path, rounds=ROUNDS, chance=random.Random(3))
    assert told["acts saved"] > 0
    assert told["refused by the disk"] > 0
    assert told["read"] > 0


@pytest.mark.engines("sqlite")
@pytest.mark.skipif(not may_mount(), reason="a small disk: only root may have one made")
def test_a_disk_that_is_really_full(migrated, tmp_path):
    with small_disk(tmp_path, 40) as folder, migrated("sqlite").fresh(folder) as url:
        told = apart(
            trouble_often, settings(folder, url), folder, rounds=ROUNDS, chance=random.Random(3), is_small=True
        )
    assert told["acts saved"] > 0
