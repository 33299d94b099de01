"""What the office does about figures: it counts now, chooses from how many on it compares; and how all is counted."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from tracker import clock
from tracker.figures import actions, labels, levels, statements, tables
from tracker.figures.forms import MinimumForm
from tracker.figures.measures import MEASURES, of_group
from tracker.figures.views import READERS, SEES_THE_WHOLE, pages
from tracker.people.visitors import visitor
from tracker.roles import OFFICE, Role
from tracker.structure.names import LEVELS
from tracker.structure.queries import the_congress
from tracker.web import once
from tracker.web.forms import obeys
from tracker.web.gate import allow


@pages.post("/figures/counts")
@allow(*OFFICE)
def count() -> Any:
    """Count now; the night's count comes all the same."""
    asking = visitor()
    congress = the_congress(asking.congress_id)
    actions.count(congress, by=asking.actor(), on=clock.today(), at=clock.now(), kept=True)
    flash(_("Counted."), "ok")
    return once.done(url_for("figures.index"))


@pages.route("/figures/minimum", methods=["GET", "POST"])
@allow(Role.OFFICE_LEADER)
def choose() -> Any:
    """From how many cases on bodies are compared."""
    congress_id = visitor().congress_id
    form = MinimumForm()
    if form.validate_on_submit() and obeys(form, lambda: _choose(form)):
        flash(_("Saved."), "ok")
        return once.done(url_for("figures.index"))
    if not form.is_submitted():
        form.minimum.data = tables.minimum(congress_id)
    return render_template("figures/minimum.html", form=form)


@pages.get("/figures/measures")
@allow(*READERS)
def measures() -> Any:
    """What each number means."""
    groups = [(name, of_group(group)) for group, name in labels.GROUPS.items()]
    return render_template("figures/measures.html", groups=groups, all_measures=MEASURES, unit=labels.unit)


@pages.get("/figures/levels")
@allow(*SEES_THE_WHOLE)
def by_level() -> Any:
    """The congress and those below it, level by level, each as it was counted last; no list stands behind these."""
    found = levels.by_level(visitor().congress_id)
    columns = [{"label": _(one.name), "number": True} for one in levels.shown()]
    counted = {"label": _("Congresses counted"), "number": True}
    return render_template(
        "figures/by_level.html",
        found=found,
        shown=levels.shown(),
        headers=[_("Level"), counted, _("Oldest count"), *columns],
        level_names=LEVELS,
    )


def _choose(form: MinimumForm) -> None:
    asking = visitor()
    congress = the_congress(asking.congress_id)
    statements.choose_minimum(congress.id, form.minimum.data or 0, by=asking.actor(), on=clock.today())
