"""A browser's cookie is read once in an hour, and says the same to every page."""

import flask
import pytest

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def opened(app):
    """What the session of a request with this cookie says."""

    def what(cookie):
        with app.test_request_context("/", headers={"Cookie": f"session={cookie}"}):
            return app.session_interface.open_session(app, flask.request)

    return what


def written(app, said):
    return app.session_interface.get_signing_serializer(app).dumps(said)


@pytest.mark.parametrize("said", [{"csrf_token": "a"}, {"_flashes": [["ok", "Saved."]]}])
def test_what_one_page_alters_the_next_does_not_see(app, opened, said):
    cookie = written(app, said)
    for _page in range(2):
        session = opened(cookie)
        assert dict(session) == said
        session.get("_flashes", []).append("more")
        session["csrf_token"] = "b"


def test_a_cookie_that_was_read_is_refused_once_the_key_is_another(app, opened, monkeypatch):
    cookie = written(app, {"csrf_token": "a"})
    assert opened(cookie)
    assert not opened(cookie[:-2])
    monkeypatch.setitem(app.config, "SECRET_KEY", "another key " * 4)
    assert not opened(cookie)
