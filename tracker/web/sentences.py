"""A rule's no, as a sentence in the reader's language."""

from __future__ import annotations

from flask_babel import gettext as _

from tracker.errors import Named, RuleBroken


def sentence(broken: RuleBroken) -> str:
    """The sentence; values of it that are msgids themselves are translated too."""
    values = {name: _(str(value)) if isinstance(value, Named) else value for name, value in broken.values.items()}
    text = _(broken.message)
    return text % values if values else text
