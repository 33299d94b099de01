"""Each kind of chart as it is written, compared with what was looked at and agreed (UPDATE_GOLDEN=1 writes anew)."""

import os
import re
from pathlib import Path

import pytest

from tracker.web.drawing.bars import Bars
from tracker.web.drawing.columns import Columns
from tracker.web.drawing.lines import Lines
from tracker.web.drawing.measured import Kind, Picture, Row

GOLDEN = Path(__file__).parent / "golden"
KINDS = [Kind("late", "overdue", "red"), Kind("open", "open", "green")]
ROWS = [
    Row("云汀市住房和城乡建设局房屋征收与补偿工作办公室", {"late": 7, "open": 3}, {"late": "/late"}, "/body"),
    Row("<b>&", {"late": 0, "open": 12}, note="a note"),
]
PICTURE = Picture("one", "A title", "What it says", KINDS, ROWS, "Body", "item-bodies", "All")
COURSE = Picture(
    "two",
    "A course",
    "Two years",
    [Kind("now", "2026", "now"), Kind("before", "2025", "before")],
    [Row("0", {"now": 1, "before": 2}), Row("1", {"now": 4, "before": 3}), Row("2", {"before": 5})],
    "Week",
    "item-bodies",
)
CHARTS = {
    "bars": lambda: (PICTURE, Bars.of(PICTURE)),
    "columns": lambda: (PICTURE, Columns.of(PICTURE)),
    "lines": lambda: (COURSE, Lines.of(COURSE)),
}


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.engines("sqlite")
def test_a_chart_is_written_as_it_was_agreed(app, name):
    with app.test_request_context():
        written = getattr(app.jinja_env.get_template(f"components/chart_{name}.html").module, f"chart_{name}")(
            *CHARTS[name]()
        )
    plain = re.sub(r"\n\s*\n+", "\n", re.sub(r"^\s+", "", str(written), flags=re.MULTILINE)).strip() + "\n"
    file = GOLDEN / f"{name}.html"
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(plain, encoding="utf-8")
    assert plain == file.read_text(encoding="utf-8")
    assert "<b>" not in plain
