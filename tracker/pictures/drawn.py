"""Numbers as pictures: which rows, in which order, with which words, and the lists behind them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tracker.bulletin.rules import weeks_between
from tracker.bulletin.text import BRANCHES, listed
from tracker.pictures import names, queries
from tracker.pictures.rules import MOST_BRANCHES, Month
from tracker.web.addresses import url_for
from tracker.web.drawing.measured import Kind, Picture, Row
from tracker.web.filters import in_language
from tracker.web.languages import gettext as _


def lights_now(rows: Iterable[Any]) -> Picture:
    """One bar: how many open item-bodies show each light."""
    counted: Counter[str] = Counter()
    for row in rows:
        counted[row.light] += row.count
    kinds = names.light_kinds()
    urls = {kind.key: _open(light=kind.key) for kind in kinds} | {"total": _open()}
    said = _told((kind.name, counted[kind.key]) for kind in kinds)
    row = Row(_("Owing a reply"), _each(counted, kinds), urls, _open())
    return Picture("lights-now", _("The lights now"), said, kinds, [row], _("How it stands"), _units(), _("All"))


def overdue_by_branch(rows: Iterable[Any]) -> Picture:
    """Of each branch what is over against the present last day, and what only against the first one."""
    now: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for branch, _light, _count, late_now, late_first_only in rows:
        now[str(branch)] += late_now
        first[str(branch)] += late_first_only
    made = [
        Row(
            _(BRANCHES[branch]),
            {"now": now[branch], "first": first[branch]},
            {
                "now": _open(branch=branch, late=queries.LATE_NOW),
                "first": _open(branch=branch, late=queries.LATE_FIRST_ONLY),
                "total": _open(branch=branch, late=queries.LATE_EITHER),
            },
        )
        for branch in sorted(first, key=lambda one: (-now[one] - first[one], one))
        if now[branch] + first[branch]
    ]
    kinds = [
        Kind("now", _("over the present last day"), "red"),
        Kind("first", _("over the first last day only, extended"), "yellow"),
    ]
    said = _told((row.name, row.total(kinds)) for row in made) or _("Nothing is overdue.")
    title = _("Overdue, by branch")
    return Picture("overdue", title, said, kinds, made, _("Branch"), _units(), _("All"))


def ages(rows: Sequence[Any], which: str) -> Picture:
    """Open item-bodies by bands of days, each bar put together of branches. `which`: since hand-over, or over."""
    by_branch: Counter[str] = Counter()
    bands: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for row in rows:
        by_branch[str(row.branch)] += row.count
    own = [branch for branch, _count in by_branch.most_common(MOST_BRANCHES)]
    for row in rows:
        bands[getattr(row, which)][str(row.branch) if str(row.branch) in own else "others"] += row.count
    words = names.since_names() if which == "since" else names.over_names()
    kinds = names.branch_kinds(own, has_others=len(by_branch) > len(own))
    made = [
        Row(
            word,
            _each(bands[place], kinds),
            {
                **{one: _open(branch=one, **{which: place}) for one in own},
                "total": _open(**{which: place}),
            },
        )
        for place, word in enumerate(words)
    ]
    titles = {"since": _("Days since hand-over"), "over": _("Days over the first last day")}
    said = _told((row.name, row.total(kinds)) for row in made)
    return Picture(f"ages-{which}", titles[which], said, kinds, made, titles[which], _units(), _("All"))


def lights_over_time(issues: Sequence[Any], frozen: Sequence[Mapping[str, int]], today: Row) -> Picture:
    """One column an issue, as it was frozen, and one for today."""
    kinds = names.frozen_kinds()
    made: list[Row] = []
    before = ""
    for row, lights in zip(issues, frozen, strict=True):
        made += _without_issue(before, row.week)
        made.append(Row(row.week, lights, url=url_for("bulletin.show", week=row.week)))
        before = row.week
    made.append(today)
    if not any(row.value(kinds[-1]) for row in made):
        kinds = kinds[:-1]
    said = _(
        "In the first week %(first)s open, of these overdue %(first_late)s; today %(now)s, overdue %(now_late)s.",
        first=made[0].total(kinds),
        first_late=made[0].value(kinds[0]) + made[0].value(kinds[1]),
        now=today.total(kinds),
        now_late=today.value(kinds[0]) + today.value(kinds[1]),
    )
    return Picture("lights", _("Lights over time"), said, kinds, made, _("Week"), _units(), _("All"))


def late_over_time(picture: Picture) -> Picture:
    """Of the lights over time what is overdue and what is open in all: two lines."""
    made = [
        Row(row.name, {"open": row.total(picture.kinds), "late": sum(row.value(kind) for kind in picture.kinds[:2])})
        for row in picture.rows
    ]
    kinds = [Kind("open", _("owing a reply"), "before"), Kind("late", _("overdue or dissatisfied twice"), "now")]
    return Picture("late-over-time", _("Overdue over time"), "", kinds, made, picture.first, picture.unit)


def today_row(rows: Iterable[Any]) -> Row:
    picture = lights_now(rows)
    [row] = picture.rows
    return Row(_("today"), row.values, row.urls, row.url)


def promises(rows: Iterable[Any], months: Sequence[Month], today: date) -> Picture:
    """Promises by the month of their last day, from the first month with any to the last."""
    counted: defaultdict[Month, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counted[Month(row.year, row.month)][row.state] += row.count
    kinds = names.promise_kinds()
    some = [month for month in months if counted[month]]
    made = [
        Row(
            str(month),
            _each(counted[month], kinds),
            promise_urls(month, today),
            url_for("pictures.promised", month=str(month)),
        )
        for month in months
        if some and some[0] <= month <= some[-1]
    ]
    said = _told((kind.name, sum(row.value(kind) for row in made)) for kind in kinds)
    title = _("Promises by the month of their last day")
    return Picture("promises", title, said, kinds, made, _("Month"), _("promises"), _("All"))


def promises_by_body(rows: Iterable[Any], month: Month, today: date) -> Picture:
    """One month's promises, those bodies first that are overdue or were late most often."""
    counted: defaultdict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        counted[row.id, in_language(row)][row.state] += row.count
    kinds = names.promise_kinds()
    bad = (names.OVERDUE, names.KEPT_LATE)
    order = sorted(counted, key=lambda one: (*(-counted[one][state] for state in bad), one[1]))
    made = [Row(body[1], _each(counted[body], kinds), promise_urls(month, today, body[0])) for body in order]
    said = _told((row.name, row.total(kinds)) for row in made)
    title = _("Promises of %(month)s, by body", month=str(month))
    return Picture("promises-body", title, said, kinds, made, _("Body"), _("promises"), _("All"))


def promise_urls(month: Month, today: date, body_id: int | None = None) -> dict[str, str]:
    """The ledger of promises, narrowed to a month and, if named, to a body."""
    within = {"since": month.first.isoformat(), "until": month.last.isoformat()}
    if body_id is not None:
        within["body"] = str(body_id)
    later = {**within, "since": max(month.first, today).isoformat()}
    ended = url_for("followup.index", show="ended", **within)
    return {
        "total": url_for("followup.index", show="all", **within),
        "overdue": url_for("followup.index", show="overdue", **within),
        **dict.fromkeys(("open", "moved"), url_for("followup.index", show="open", **later)),
        **dict.fromkeys(("kept", "kept_moved", "kept_late", "ended"), ended),
    }


def _without_issue(before: str, week: str) -> list[Row]:
    """The weeks between two issues: their place stays empty, so that nobody takes the gap for a week."""
    return [Row(one, {}, note=_("no bulletin")) for one in weeks_between(before, week)] if before else []


def _each(counted: Counter[str], kinds: Sequence[Kind]) -> dict[str, int]:
    """Every kind with its number, nought too: that there is none was counted."""
    return {kind.key: counted[kind.key] for kind in kinds}


def _open(**narrowed: Any) -> str:
    return url_for("pictures.open_replies", **{name: str(value) for name, value in narrowed.items()})


def _told(counted: Iterable[tuple[str, int]]) -> str:
    """The numbers of a picture in one sentence, for who does not see it."""
    return listed(f"{name} {count}" for name, count in counted if count)


def _units() -> str:
    return _("item-bodies")
