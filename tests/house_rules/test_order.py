"""The folder list is the procedure: one order in the contract, the application and the README."""

import subprocess
import sys

from tests.house_rules.source import ROOT, layers, shown
from tracker import STAGES


def name_of(stage) -> str:
    full = stage if isinstance(stage, str) else getattr(stage, "name", None) or stage.__name__
    return full.rsplit(".", 1)[-1]


def level_of(name: str) -> int:
    return next(level for level, names in enumerate(layers()) if name in names)


def test_stages_stand_in_the_order_of_the_import_contract():
    names = [name_of(stage) for stage in STAGES]
    assert names == sorted(names, key=level_of)
    assert len(names) == len(set(names))


def test_every_part_of_the_application_has_its_place_in_the_contract():
    parts = {
        part.stem for part in (ROOT / "tracker").iterdir() if (part / "__init__.py").exists() or part.suffix == ".py"
    }
    assert parts - {"__init__"} == {name for names in layers() for name in names}


def test_every_part_with_pages_is_a_stage():
    with_pages = {shown(views.parent).split("/")[1] for views in (ROOT / "tracker").glob("*/views*")}
    assert with_pages <= {name_of(stage) for stage in STAGES} | {"web"}


def test_a_stage_needs_none_of_the_later_ones_to_be_there():
    """What it names of them by a string is looked for when it is used, not when it is read in."""
    done = subprocess.run(
        [sys.executable, "-c", "import tracker.deadlines.actions"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stderr == ""
