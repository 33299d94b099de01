"""The measures, in one table: pages, files and reports read it, `counted` and `figure` have a column for each. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tracker.figures import of_answers, of_items, of_work
from tracker.figures.measure import Group, Measure, Unit, Weak

Said = tuple[str, str, Weak, str, str]
_WRITTEN: tuple[tuple[Group, Unit, Iterable[Said]], ...] = (
    (Group.WORK, Unit.PARTS, of_work.WORK),
    (Group.TIME, Unit.PARTS, of_work.TIME),
    (Group.PASSING, Unit.PARTS, of_work.PASSING),
    (Group.CONTACT, Unit.PARTS, of_work.CONTACT),
    (Group.SIGNALS, Unit.PARTS, of_work.SIGNALS),
    (Group.OUTCOME, Unit.PARTS, of_answers.OUTCOMES),
    (Group.SATISFACTION, Unit.PARTS, of_answers.SATISFACTION),
    (Group.SATISFACTION, Unit.VOICES, of_answers.VOICES),
    (Group.PROMISES, Unit.PROMISES, of_answers.PROMISED),
    (Group.ITEMS, Unit.ITEMS, of_items.ITEMS),
)
_OTHERWISE = {"days_held": Unit.DAYS, "items_days": Unit.DAYS, "signals": Unit.SIGNALS}


def _read() -> Iterator[Measure]:
    for group, unit, said in _WRITTEN:
        for key, of, weak, name, how in said:
            yield Measure(key, name, how, group, of, weak, _OTHERWISE.get(key, unit))


MEASURES: dict[str, Measure] = {one.key: one for one in _read()}
OF_ITEMS = tuple(key for key, one in MEASURES.items() if one.group is Group.ITEMS)
OF_PARTS = tuple(key for key in MEASURES if key not in OF_ITEMS)


def of_group(group: Group) -> list[Measure]:
    """The measures shown together, in their order."""
    return [one for one in MEASURES.values() if one.group is group]
