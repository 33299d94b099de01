"""The timetable of the tests: three bells and the letter carrier."""

import pytest
from jinja2 import ChoiceLoader, DictLoader

from tests.schedule import bells
from tracker.schedule import queries, ring, scheduler
from tracker.schedule.timetable import JOBS

KIND = {
    "letters/trial/subject.txt": "{{ title }}",
    "letters/trial/body.txt": "{{ text }}",
    "letters/trial/body.html": "<p>{{ text }}</p>",
}


@pytest.fixture(autouse=True)
def _bells(request, monkeypatch):
    bells.rung.clear()
    bells.wrong.clear()
    lines = (bells.DAILY, bells.WEEKLY, bells.EARLY, JOBS["send-letters"])
    for line in lines:
        monkeypatch.setitem(JOBS, line.name, line)
    for module in (ring, queries, scheduler):
        monkeypatch.setattr(module, "TIMETABLE", lines)
    if "app" in request.fixturenames:
        environment = request.getfixturevalue("app").jinja_env
        environment.loader = ChoiceLoader([DictLoader(KIND), environment.loader])
