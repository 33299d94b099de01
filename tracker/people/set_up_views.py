"""The first visit: while there is no congress, every way leads to its set-up."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from tracker import clock
from tracker.errors import NotFound
from tracker.people import set_up
from tracker.people.forms import SetUpForm
from tracker.people.views import pages
from tracker.structure.models import Level
from tracker.structure.queries import find_congress
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow_anyone, is_plain
from tracker.web.languages import chosen_language

STAYS_OPEN = ("people.set_up", "people.language", None)
WATCHED = ("/healthz", "/readyz")
IS_THERE = "congress is there"


@pages.before_app_request
def lead_to_set_up() -> Any:
    """Without a congress there is nothing else to see; once there is one, nobody asks again."""
    endpoint = request.endpoint
    if current_app.extensions.get(IS_THERE) or endpoint in STAYS_OPEN or is_plain(endpoint) or request.path in WATCHED:
        return None
    if find_congress() is None:
        return redirect(url_for("people.set_up"), 303)
    current_app.extensions[IS_THERE] = True
    return None


@pages.route("/set-up", methods=["GET", "POST"], endpoint="set_up")
@allow_anyone
def ask() -> Any:
    """Asks for the code that was printed at the start, the congress, the rules and the first administrator."""
    if find_congress() is not None:
        raise NotFound
    form = SetUpForm()
    form.rules_name.choices = set_up.rule_choices(chosen_language())
    if form.validate_on_submit() and obeys(form, lambda: _begin(form)):
        flash(_("The system is set up. Please sign in."), "ok")
        return once.done(url_for("people.sign_in"))
    return render_template("people/set_up.html", form=form)


def _begin(form: SetUpForm) -> None:
    year = clock.today().year
    names = {}
    for language in ("zh_Hans_CN", "en"):
        with force_locale(language):
            names[language] = _("Meeting of %(year)s", year=year)
    said = set_up.Beginning(
        congress_name=form.congress_name.data,
        office_name=form.office_name.data,
        level=Level(form.level.data),
        rules_name=form.rules_name.data,
        meeting_name=names["zh_Hans_CN"],
        meeting_name_en=names["en"],
        name=form.name.data,
        email=form.email.data or "",
        password=form.password.data or "",
    )
    set_up.begin(said, form.code.data, instance_path=current_app.instance_path, year=year, at=clock.now())
