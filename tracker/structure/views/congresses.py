"""The congresses of this house: four levels, each below the next."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tracker.roles import Role
from tracker.structure import actions, queries, tables
from tracker.structure.forms import CongressForm
from tracker.structure.views import EDITORS, NONE, acting, congress_id, entry, given, pages
from tracker.web.gate import allow


@pages.route("/congress", methods=["GET", "POST"])
@allow(*EDITORS)
def amend_congress() -> Any:
    """The facts of one's own congress."""
    congress = queries.the_congress(congress_id())
    form = CongressForm(obj=congress)
    form.parent_id.choices = [NONE, *tables.congress_choices(congress.id)]
    return entry(
        congress.name,
        form,
        lambda: actions.amend_congress(congress, **given(form), **acting()),
        back=url_for("structure.index"),
        crumbs=_crumbs(),
    )


@pages.route("/congresses/new", methods=["GET", "POST"])
@allow(Role.ADMIN)
def add_congress() -> Any:
    """A congress of another level that keeps its ledger here; it begins under the rules of this one."""
    own = queries.the_congress(congress_id())
    form = CongressForm(parent_id=own.id)
    form.parent_id.choices = [NONE, (own.id, own.name), *tables.congress_choices(own.id)]
    rules_name = own.rules_name
    return entry(
        _("Add a congress"),
        form,
        lambda: actions.add_congress(rules_name=rules_name, **given(form), **acting()),
        back=url_for("structure.index"),
        crumbs=_crumbs(),
    )


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Structure"), url_for("structure.index"))]
