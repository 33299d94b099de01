"""Who may be given what, and how long "not ours" may be said. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.errors import N_, RuleBroken

MOST_DAYS = 30  # working days a proposal may be on its round


def must_fit_together(parts: Sequence[str]) -> None:
    """One body alone; one lead, or two that answer together, with co-handlers; or several that each answer their own
    part (上海规定 13, 17).

    :raises RuleBroken: no lead, two leads of which each answers alone, or parts that do not go together.
    """
    kinds = set(parts)
    if not parts:
        raise RuleBroken(N_("Name at least one body."))
    if kinds == {"sole"} and len(parts) == 1:
        return
    if kinds == {"separate"} and len(parts) > 1:
        return
    if kinds <= {"lead", "co"} and list(parts).count("lead") == 1:
        return
    if kinds <= {"joint", "co"} and list(parts).count("joint") == 2:
        return
    raise RuleBroken(
        N_(
            "The bodies do not fit together: one alone, or one lead or two with co-handlers, or several answering"
            " separately."
        )
    )


def settled(parts: Sequence[str]) -> list[str]:
    """A lead without co-handlers answers alone; one of two leads without the other is a lead."""
    alone = list(parts).count("joint") == 1
    led = ["lead" if alone and part == "joint" else part for part in parts]
    return ["sole"] if led in (["lead"], ["separate"]) else led


def below_a_hub(own: str, parts: Sequence[str]) -> list[str]:
    """The parts of the bodies a hub dispatches to: together they do the hub's own part, beside what others do.

    :raises RuleBroken: the hub leads others, and nobody below it would.
    """
    if own == "co":
        return ["co" for _ in parts]
    if own in ("separate", "joint") and "joint" in parts:
        raise RuleBroken(N_("Of this part one body below the hub answers; name one lead."))
    if own == "joint":
        led = ["joint" if part in ("sole", "lead") else part for part in parts]
        must_fit_together(["joint", *led])
        return led
    if own == "separate":
        return ["separate" if part in ("sole", "lead") else part for part in parts]
    if own == "lead":
        led = ["lead" if part == "sole" else part for part in parts]
        must_fit_together([*led, "co"])
        return led
    return list(parts)


def must_be_some_days(days: int) -> None:
    """Working days in which the proposed bodies answer before the hand-over meeting; a time of our own.

    :raises RuleBroken: none, or more than a month.
    """
    if not 1 <= days <= MOST_DAYS:
        raise RuleBroken(N_("Give from 1 to %(most)s working days."), most=MOST_DAYS)


def must_be_inside_window(on: date, last_on: date | None, article: str) -> None:
    """A return is asked inside the rule's days; later ones are refused by rule.

    :raises RuleBroken: the window is over; the sentence names the day and the article.
    """
    if last_on is None or on <= last_on:
        return
    day = last_on.isoformat()
    if not article:
        raise RuleBroken(N_("The days in which it could be returned ended on %(day)s (a time of our own)."), day=day)
    raise RuleBroken(
        N_("The days in which it could be returned ended on %(day)s (art. %(article)s)."), day=day, article=article
    )
