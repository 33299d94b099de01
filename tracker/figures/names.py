"""The kinds of things we cannot see, and what is to be done about each, in the reader's words."""

from __future__ import annotations

from tracker.errors import N_

KINDS = {
    "nobody": N_("Being handled, but no body has to answer"),
    "clockless": N_("To be answered, but no clock says by when"),
    "holderless": N_("A clock runs for a body that no longer exists"),
    "unsigned": N_("Not signed for in time"),
    "mute": N_("Bodies with work and nobody to write to"),
    "dead_letter": N_("Letters that reached nobody"),
    "provisional": N_("Last day provisional: holidays not loaded"),
    "undelivered": N_("Answered, but the deputy does not have it yet"),
    "unrated": N_("The deputy has the reply and has not said anything"),
    "undated": N_("Answered “in progress” or “planned”, and no day is named"),
}
ACTS = {
    "nobody": N_("Name a body"),
    "clockless": N_("Look at it"),
    "holderless": N_("Look at it"),
    "unsigned": N_("Press the body"),
    "mute": N_("Add an officer"),
    "dead_letter": N_("Look at the letter"),
    "provisional": N_("Load the days"),
    "undelivered": N_("Read the reply"),
    "unrated": N_("Ask the deputy"),
    "undated": N_("Name the day"),
}
BY_CLOCK = ("provisional", "holderless")  # these lines are clocks: their day is the last day, not since when
