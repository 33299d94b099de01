"""Killed in the weekly run and started again: every letter once in the outbox, delivered, and under one name."""

import random
from datetime import date

from tests.databases import settings
from tests.drills.city import fill
from tests.drills.dying import die_often

KILLS = 3  # `python3 start.py bench dying` kills two hundred times


def test_a_week_that_is_killed_loses_and_doubles_nothing(app, database_url, tmp_path, mail_sink):
    with app.app_context():
        fill(clocks=6)
    given = settings(tmp_path, database_url) | {"SMTP_URL": mail_sink.url}
    told = die_often(app, given, mail_sink, kills=KILLS, chance=random.Random(6), first=date(2026, 6, 8))
    assert told["killed"] == KILLS
    assert told["lost"] == told["doubled in the outbox"] == told["second Message-IDs"] == 0
