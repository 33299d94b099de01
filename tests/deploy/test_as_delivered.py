"""Run as the units run it: by a user without rights, its code read-only, its own folder closed to everybody else."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.deploy.site import ROOT

ASKS = """
import json, os, pathlib
from tracker import create_app
from tracker.care.self_check import findings
from tracker.cli.start import prepare
from tracker.schedule import ringers
from tracker import clock
os.umask(0o077)
app = create_app()
with app.app_context():
    prepare()
    ringers.say(at=clock.now())
    wrong = {one.key: int(one.weight) for one in findings() if one.weight > 1}
folder = pathlib.Path(app.instance_path)
modes = {path.relative_to(folder).as_posix(): path.stat().st_mode & 0o777 for path in [folder, *folder.rglob("*")]}
try:
    pathlib.Path("app.py").open("a")
    writes = True
except OSError:
    writes = False
print(json.dumps({"wrong": wrong, "modes": modes, "writes": writes, "uid": os.geteuid()}))
"""


def able() -> str:
    """Why somebody else cannot be tried here; empty if he can."""
    if os.name == "nt" or os.geteuid() != 0:
        return "another user: only root can become one"
    nobody = pwd.getpwnam("nobody")
    try:
        done = subprocess.run([sys.executable, "-c", "import flask"], cwd=ROOT, user=nobody.pw_uid, group=nobody.pw_gid)
    except (OSError, subprocess.SubprocessError):
        return "another user: may not read this environment"
    return "" if done.returncode == 0 else "another user: may not read this environment"


@pytest.mark.skipif(bool(able()), reason=able())
def test_a_new_installation_of_a_user_without_rights_is_in_order():
    nobody, folder = pwd.getpwnam("nobody"), Path(tempfile.mkdtemp(prefix="dst"))
    try:
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        env = {"PATH": os.environ["PATH"], "INSTANCE_PATH": str(folder / "state"), "PYTHONDONTWRITEBYTECODE": "1"}
        given = {"cwd": ROOT, "env": env, "user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        done = subprocess.run([sys.executable, "-c", ASKS], capture_output=True, text=True, **given)
        assert done.returncode == 0, done.stderr[-2000:]
        told = json.loads(done.stdout.splitlines()[-1])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    assert told["uid"] == nobody.pw_uid
    assert told["writes"] is False
    assert set(told["wrong"]) <= {"calendar"}  # from November on next year's days are wanted
    assert [name for name, mode in told["modes"].items() if mode & 0o077] == []
