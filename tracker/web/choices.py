"""What a select offers, with its options written once and kept as long as the same is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from markupsafe import Markup

from tracker.web.languages import spoken_now

_KEPT: dict[tuple[str, str], tuple[Sequence[Any], Choices]] = {}
MOST_KEPT = 1_000


class Choices:
    """Pairs of value and label, in order; the empty value asks for nothing."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = tuple(pairs)
        self.values = frozenset(value for value, _label in self.pairs)

    @cached_property
    def _options(self) -> str:
        return "\n".join(Markup('<option value="{}">{}</option>').format(*pair) for pair in self.pairs)

    def options(self, chosen: str) -> Markup:
        """The options, one of them chosen."""
        if chosen not in self.values:
            return Markup(self._options)  # nosec B704 - escaped where it was written
        value = Markup('<option value="{}"').format(chosen)
        return Markup(self._options.replace(value, f"{value} selected", 1))  # nosec B704 - the same


def kept(name: str, offered: Sequence[Any], pairs: Callable[[], Iterable[tuple[str, str]]]) -> Choices:
    """The choices made of what is offered: made anew when that, or the language, is another than last time.

    What is offered is read in the page's own transaction and compared, so what is kept is never stale, whichever
    process changed it. `name` must differ for each congress.
    """
    key = (name, spoken_now())
    found = _KEPT.get(key)
    if found is None or found[0] != offered:
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        found = _KEPT[key] = (offered, Choices(pairs()))
    return found[1]
