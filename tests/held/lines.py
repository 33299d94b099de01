"""Histories written by hand: lines of one March, and parts by short names."""

from datetime import date
from types import SimpleNamespace

ROADS, HELP, OTHER = 1, 2, 3


def day(number):
    return date(2026, 3, number)


def line(move, number, part=None, **facts):
    return SimpleNamespace(move=move, on=day(number), assignment_id=part, facts=facts)


def given(*parts, on=1, from_=1):
    """Recorded, handed over, and assigned to these parts."""
    return [line("record", from_), line("hand_over", on), *(line("assign", on, part) for part in parts)]
