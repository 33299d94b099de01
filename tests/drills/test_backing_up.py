"""A backup under load is of one moment, and nobody who saves meanwhile is sent away (ten by `bench backups`)."""

import itertools
from contextlib import contextmanager

from tests import databases
from tests.drills.backing_up import back_up_often
from tracker import create_app


def test_backups_under_load_come_back_whole(app, tmp_path, migrated):
    numbers = itertools.count()

    @contextmanager
    def elsewhere():
        folder = tmp_path / f"elsewhere{next(numbers)}"
        folder.mkdir()
        with migrated("sqlite").fresh(folder) as url:
            made = create_app(databases.settings(folder, url))
            yield made, folder
            databases.let_go(made)

    told = back_up_often(app, tmp_path, elsewhere, times=2)
    assert (told["backups"], told["sent away"]) == (2, 0)
    assert (told["missing after restoring"], told["problems found"]) == (0, 0)
    assert told["suggestions saved meanwhile"] > 2
