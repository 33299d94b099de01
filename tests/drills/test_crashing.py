"""Killed while people work, and started again: nothing that was answered as saved is lost, halved or doubled."""

import random

from tests.databases import settings
from tests.drills.crashing import crash_often

ROUNDS = 3  # `python3 start.py bench crashing` kills five hundred times on each engine


def test_killed_at_any_moment(app, database_url, tmp_path, mail_sink):
    given = settings(tmp_path, database_url) | {"SMTP_URL": mail_sink.url}
    webs = 1 if database_url.startswith("sqlite") else 2
    told = crash_often(app, given, mail_sink, rounds=ROUNDS, pressers=2, webs=webs, chance=random.Random(8))
    assert told["rounds"] == ROUNDS
    assert told["acts saved"] > ROUNDS
