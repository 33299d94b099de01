"""Look-alikes of a ledger's rows, on the report's page."""

from __future__ import annotations

from typing import Any

from flask import flash, url_for
from flask_babel import ngettext

from tracker.ledgers import queries
from tracker.ledgers.alike import look_on
from tracker.ledgers.views import pages
from tracker.people.visitors import visitor
from tracker.roles import OFFICE
from tracker.web import once
from tracker.web.gate import allow


@pages.post("/ledgers/<int:import_id>/alike")
@allow(*OFFICE)
def alike(import_id: int) -> Any:
    """Look at the next rows of the ledger for what is like them."""
    kept = queries.get_import(import_id, visitor().congress_id)
    count = look_on(kept, visitor())
    flash(ngettext("%(num)s look-alike was found.", "%(num)s look-alikes were found.", count), "ok")
    return once.done(url_for("ledgers.report", import_id=import_id, _anchor="alike"))
