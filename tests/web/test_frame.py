"""What is written once and shown to many: the same words as ever, nothing of a person, and never what is closed."""

import flask
import pytest
from jinja2 import DictLoader, UndefinedError
from markupsafe import escape

from tracker.roles import Role
from tracker.web import frame, gate
from tracker.web.addresses import url_for
from tracker.web.languages import LANGUAGES, catalogue
from tracker.web.templates import Templates

WORDS = {
    "page.html": '{{ _("Register") }}|{{ _("round %(round)s", round=what) }}|{{ _(name) }}'
    "|{% trans %}Sign out{% endtrans %}"
    "|{% trans count=3 %}{{ count }} co-handler{% pluralize %}{{ count }} co-handlers{% endtrans %}",
    "plain.txt": '{{ _("round %(round)s", round=what) }}',
    "person.html": "{{ visitor.name }}",
}


class Asking:
    def __init__(self, role):
        self.role = role


@pytest.fixture
def templates(app):
    """An environment of its own with the application's words and filters."""
    made = app.jinja_env.overlay(loader=DictLoader(WORDS))
    made.kept = {}
    return made


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_says_in_each_language_what_the_catalogue_says(app, templates, language):
    say, count = catalogue(language).gettext, catalogue(language).ngettext
    with app.test_request_context("/", headers={"Accept-Language": language.replace("_", "-")}):
        shown = templates.get_template("page.html").render(what="<1>", name="Stage")
        plain = templates.get_template("plain.txt").render(what="<1>")
    co_handlers = count("%(count)s co-handler", "%(count)s co-handlers", 3) % {"count": 3}
    parts = (
        say("Register"),
        say("round %(round)s") % {"round": escape("<1>")},
        say("Stage"),
        say("Sign out"),
        co_handlers,
    )
    assert shown == "|".join(parts)
    assert plain == say("round %(round)s") % {"round": "<1>"}


@pytest.mark.engines("sqlite")
def test_languages_in_turn_do_not_mix(app, templates):
    shown = []
    for language in ("zh-CN", "en", "zh-CN"):
        with app.test_request_context("/", headers={"Accept-Language": language}):
            shown.append(templates.get_template("page.html").render(what=1, name="Stage"))
    assert shown[0] == shown[2] != shown[1]


@pytest.mark.engines("sqlite")
def test_every_template_is_kept(app):
    assert isinstance(app.jinja_env, Templates)
    assert isinstance(app.jinja_env.spoken("en").cache, dict)


@pytest.mark.engines("sqlite")
def test_a_fixed_part_with_a_person_in_it_is_refused(app, monkeypatch, templates):
    with app.test_request_context("/"):
        flask.g.visitor = Asking(Role.ADMIN)
        monkeypatch.setattr(app, "jinja_env", templates)
        with pytest.raises(UndefinedError):
            frame.fixed("person.html")


@pytest.mark.engines("sqlite")
def test_the_menu_shows_what_the_gate_opens_at_this_moment(app, monkeypatch):
    with app.test_request_context("/"):
        flask.g.visitor = Asking(Role.ADMIN)
        assert 'href="/users"' in frame.main_menu()
        flask.g.visitor = Asking(Role.OFFICE_CLERK)
        assert 'href="/users"' not in frame.main_menu()
        flask.g.visitor = Asking(Role.ADMIN)
        monkeypatch.setattr(gate, "is_open_to", lambda *_asked: False)
        assert "href" not in frame.main_menu()


@pytest.mark.engines("sqlite")
def test_the_menu_marks_the_present_page(app):
    for path, marked in (("/", "/"), ("/suggestions", "/suggestions"), ("/suggestions/1", "/suggestions")):
        with app.test_request_context(path):
            flask.g.visitor = Asking(Role.OFFICE_CLERK)
            [line] = [line for line in frame.main_menu().splitlines() if "aria-current" in line]
            assert f'href="{marked}"' in line


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("root", ["", "/tracker"])
def test_addresses_are_those_of_flask(app, root):
    asked = [
        ("register.index", {}),
        ("register.index", {"body": 7}),
        ("register.index", {"light": "100 %", "sort": "due"}),
        ("register.show", {"suggestion_id": 0}),
        ("register.show", {"suggestion_id": 2**31 - 1}),
        ("register.show", {"suggestion_id": 5, "_anchor": "ladder"}),
        ("register.show", {"suggestion_id": 5, "_external": True}),
        ("handling.reply", {"assignment_id": 3}),
        ("handling.reply", {"token": "a b"}),
        ("static", {"filename": "seal.svg"}),
    ]
    for path in ("/", "/suggestions/1"):
        with app.test_request_context(path, base_url=f"http://localhost{root}"):
            for _again in range(2):
                for endpoint, values in asked:
                    assert url_for(endpoint, **values) == flask.url_for(endpoint, **values)


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/suggestions/drafts", "/suggestions/new"),
        ("/suggestions/1/alike", "/suggestions"),
        ("/suggestions/1/proposal", "/hand-overs"),
        ("/bodies/1/reform", "/structure"),
        ("/calendar/2026", "/rules"),
    ],
)
def test_a_page_without_a_line_of_its_own_marks_where_it_belongs(app, monkeypatch, path, line):
    monkeypatch.setattr(gate, "is_open_to", lambda *_asked: True)
    with app.test_request_context(path):
        [marked] = [one for one in frame.main_menu().splitlines() if "aria-current" in one]
        assert f'href="{line}"' in marked
