"""Two timetables whose clocks jump and differ: each slot once, no letter twice, and what was missed is made good."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.databases import settings
from tests.drills.city import fill
from tests.drills.jumping import jump, left

FROM = datetime(2026, 5, 31, tzinfo=ZoneInfo("Asia/Shanghai"))
TIMES = 3  # an hour forth and back, nine days ahead: `python3 start.py bench jumping` jumps fifty times


@pytest.mark.engines("postgresql")
def test_clocks_that_jump_and_differ(app, database_url, tmp_path, mail_sink):
    given = settings(tmp_path, database_url) | {"SMTP_URL": mail_sink.url}
    with app.app_context():
        fill(clocks=6)
    jump(given, FROM, TIMES)
    told = left(app, mail_sink)
    assert (told["unfinished"], told["twice"], told["waiting"], told["delivered twice"]) == (0, 0, 0, 0)
    assert told["letters"] > 0
    assert told["slots"] > TIMES
