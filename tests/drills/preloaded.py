"""Everything a worker of a drill needs, imported once: most of it comes with the first application that is made."""

import tempfile
from pathlib import Path

import waitress  # noqa: F401

import tracker.bulletin.jobs
import tracker.escalation.jobs
import tracker.mail.jobs
import tracker.schedule.ring  # noqa: F401 - so that a forked process has it
from tests.databases import settings
from tracker import create_app

with tempfile.TemporaryDirectory() as folder:
    create_app(settings(Path(folder), f"sqlite:///{folder}/none.db"))
