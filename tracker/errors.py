"""A rule of the office said no."""

from __future__ import annotations


def N_(message: str) -> str:
    """Mark a sentence for the catalogue without translating it now."""
    return message


class Named(str):
    """A msgid used as a value of a sentence: translated when the sentence is."""

    __slots__ = ()


class RuleBroken(Exception):
    """A rule said no; the sentence is an English msgid with named values, translated where it is shown."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


class NotFound(Exception):
    """What was asked for does not exist, or may not be seen by the one who asks; both look alike."""


class Stale(RuleBroken):
    """Somebody else changed the thing since it was opened; what was typed is kept."""
