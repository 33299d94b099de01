"""The stages' own parts of a suggestion's page, collected in the order of the procedure (rule 11 of the house)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import current_app
from markupsafe import Markup

from tracker.stage import Visitor
from tracker.suggestion.models import Suggestion


def panels(suggestion: Suggestion, visitor: Visitor, today: date, around: Mapping[str, Any]) -> list[Markup]:
    """Every stage's panel about this suggestion, rendered from the facts the stage prepared.

    A panel's template finds its facts by their own names, all of them as `facts`, and what is around every page.
    """
    offered = [offer.panel(suggestion, visitor, today) for offer in current_app.extensions["offers"] if offer.panel]
    shared = {**around, "suggestion": suggestion, "today": today}
    written = [
        current_app.jinja_env.get_template(one.template).render({**shared, "facts": one.facts, **one.facts})
        for one in offered
        if one is not None
    ]
    return [Markup(one) for one in written]  # nosec B704
