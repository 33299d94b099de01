"""The systemd units and the settings of deploy/: taken by systemd, tight, and in step with the code."""

import re
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest

from tests.deploy.site import ROOT
from tracker.settings import SETTINGS

UNITS = ROOT / "deploy/systemd"
SERVICES = sorted(UNITS.glob("*.service"))
MOST_EXPOSED = 20  # of a hundred; a service without any of it has 96
NEEDS_SYSTEMD = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze: not on this machine")
OURS = {"WEB_CONCURRENCY", "WEB_THREADS", "WEB_SOCKET", "PYTHONDONTWRITEBYTECODE", "PYTHONUTF8"}


class Unit(RawConfigParser):
    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, delimiters=("=",))
        self.optionxform = str
        self.read(path, encoding="utf-8")


@pytest.fixture
def units(tmp_path):
    """The units as they would be installed, their programs replaced by one that is there."""
    for path in UNITS.iterdir():
        text = re.sub(r"/opt/tracker/\.venv/bin/\w+", "/bin/true", path.read_text(encoding="utf-8"))
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    return tmp_path


@NEEDS_SYSTEMD
def test_systemd_takes_every_unit(units):
    files = sorted(str(path) for kind in ("service", "socket") for path in units.glob(f"*.{kind}"))
    told = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True)
    assert (told.returncode, told.stderr) == (0, "")


@NEEDS_SYSTEMD
@pytest.mark.parametrize("service", SERVICES, ids=lambda path: path.stem)
def test_a_service_exposes_little(units, service):
    rated = ["systemd-analyze", "security", "--offline=yes", f"--threshold={MOST_EXPOSED}", str(units / service.name)]
    told = subprocess.run(rated, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout[-3000:] + told.stderr


@pytest.mark.parametrize("service", SERVICES, ids=lambda path: path.stem)
def test_a_service_owns_its_folder_and_nothing_else(service):
    unit = Unit(service)["Service"]
    assert unit["User"] == "tracker"
    assert unit["ProtectSystem"] == "strict"
    assert (unit["StateDirectory"], unit["StateDirectoryMode"], unit["UMask"]) == ("tracker", "0700", "0077")
    assert unit["CapabilityBoundingSet"] == ""
    assert "ReadWritePaths" not in unit


def test_every_setting_named_is_known():
    text = (UNITS / "tracker.env").read_text(encoding="utf-8")
    names = set(re.findall(r"^(?:# )?([A-Z_]+)=", text, re.MULTILINE))
    for service in SERVICES:
        names |= {pair.partition("=")[0] for pair in Unit(service)["Service"]["Environment"].split()}
    assert names - set(SETTINGS) - OURS == set()
    assert not re.search(r"^(SECRET_KEY|DATABASE_URL|SMTP_URL)=", text, re.MULTILINE)
