"""Four processes ring every bell: each step and each bulletin once, and all as if one had rung alone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.databases import settings
from tests.drills import ledger, workers
from tests.drills.city import fill

FROM = datetime(2026, 5, 31, tzinfo=ZoneInfo("Asia/Shanghai"))
DAYS = 2  # a Sunday, and a Monday with its bulletin: `python3 start.py bench ringing` rings two hundred


def test_four_processes_do_what_one_does(app, database_url, tmp_path, mail_sink):
    given = settings(tmp_path, database_url) | {"SMTP_URL": mail_sink.url}
    with app.app_context():
        fill(clocks=12)
    done = workers.ring_together(given, FROM, DAYS, 4)
    assert len(done) == 4
    with app.app_context():
        together, twice = ledger.everything(), ledger.doubles()
        assert twice == {"steps": 0, "issues": 0, "letters": 0}
    ids = [got["Message-ID"] for got in mail_sink.letters]
    assert len(ids) == len(set(ids)) == sum(together["letters"].values()) > 10
    assert sum(together["issues"].values()) == 2  # the week that nobody had rung for, and the new one
    assert len(together["steps"]) > 12
