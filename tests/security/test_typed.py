"""Whatever goes wrong with a form, of every page: the text is given back, and nothing of a password."""

from __future__ import annotations

import errno
import functools
import io
import re
from datetime import date

import pytest
from sqlalchemy.orm.exc import StaleDataError

from tests.house_rules.who_may_open import WHO_MAY_OPEN
from tests.makers import a_case
from tracker.database import db
from tracker.errors import RuleBroken, Stale

TEXT = "与代表当面沟通,写了很久很久很久很久很久很久很久很久的文字。"
FAULTS = {
    409: StaleDataError("changed"),
    "a rule": RuleBroken("That cannot be."),
    "somebody was faster": Stale("Somebody else saved."),
    500: RuntimeError("broken"),
    503: OSError(errno.ENOSPC, "no space left on device"),
}
pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def clerk(session, stopped_clock, reader):
    stopped_clock(date(2026, 3, 5))
    case = a_case()
    session.commit()
    return case.clerk, reader.signed_in_as(case.clerk)


def forms(app, role, *, by_link: bool):
    """Endpoint and address of every form this role may send, or of every one behind a mailed link."""
    for rule in app.url_map.iter_rules():
        line = WHO_MAY_OPEN.get(rule.endpoint)
        if line is None or "POST" not in rule.methods or ("token" in rule.arguments) is not by_link:
            continue
        if by_link or line.anyone or role in line.roles:
            yield rule.endpoint, re.sub(r"<(int:)?\w+>", "1", rule.rule)


def send(visitor, path: str, **more: object):
    db.session.rollback()
    data = {"csrf_token": visitor.token(), "text": TEXT, "password": "never shown again", **more}
    with visitor.app.app_context():
        return visitor.client.post(path, base_url=visitor.app.config["BASE_URL"], data=data)


def gives_back(answer, status: int) -> bool:
    page = answer.get_data(as_text=True)
    return answer.status_code == status and TEXT in page and "never shown again" not in page


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_goes_wrong_the_text_is_given_back(app, clerk, fault):
    user, visitor = clerk
    raised = FAULTS[fault]
    status = fault if isinstance(fault, int) else 409
    wrong = []
    for endpoint, path in forms(app, user.role, by_link=False):
        view = app.view_functions[endpoint]

        @functools.wraps(view)
        def broken(**_values):
            raise raised

        app.view_functions[endpoint] = broken
        answer = send(visitor, path)
        app.view_functions[endpoint] = view
        if not gives_back(answer, status):
            wrong.append(f"{path}: {answer.status_code}")
    assert wrong == []


def test_an_ended_session_gives_the_text_back(app, clerk, reader):
    user, _visitor = clerk
    answers = {path: send(reader, path) for end, path in forms(app, user.role, by_link=False) if not _anyone(end)}
    assert {path: one.status_code for path, one in answers.items() if not gives_back(one, 401)} == {}
    assert len(answers) > 60


def test_a_dead_link_gives_the_text_back(app, clerk, reader):
    user, _visitor = clerk
    answers = {path: send(reader, path) for _end, path in forms(app, user.role, by_link=True)}
    assert {path: one.status_code for path, one in answers.items() if not gives_back(one, 401)} == {}
    assert len(answers) > 15


def test_a_file_too_large_gives_the_text_back(app, clerk):
    user, visitor = clerk
    app.config["MAX_CONTENT_LENGTH"] = 20_000
    wrong = []
    for _end, path in forms(app, user.role, by_link=False):
        answer = send(visitor, path, scan=(io.BytesIO(b"%PDF-1.4" + bytes(30_000)), "a.pdf"))
        if not gives_back(answer, 413):
            wrong.append(f"{path}: {answer.status_code}")
    assert wrong == []


def _anyone(endpoint: str) -> bool:
    return WHO_MAY_OPEN[endpoint].anyone
