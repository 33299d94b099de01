"""kill -9 in the middle of an upgrade: the next start brings it to its end, and nothing is lost (30 by `bench`)."""

import random

from tests.drills.upgrading import killed_often


def test_an_upgrade_killed_at_any_moment_is_undone_or_done(engine_kind, tmp_path, request):
    server = request.getfixturevalue("pg_url") if engine_kind == "postgresql" else ""
    told = killed_often(tmp_path, server, kills=2, chance=random.Random(8))
    assert (told["killed"], told["tables lost or changed"]) == (2, 0)
