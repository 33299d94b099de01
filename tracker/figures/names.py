"""The kinds of things we cannot see, and what is to be done about each, in the reader's words."""

from __future__ import annotations

from tracker.errors import N_

KINDS = {
    "nobody": N_("Being handled, but no body has to answer"),
    "clockless": N_("To be answered, but no clock says by when"),
    "holderless": N_("A clock runs for a body that no longer exists"),
    "unsigned": N_("Not signed for in time"),
    "mute": N_("Bodies with work and nobody to write to"),
    "faceless": N_("Deputies with no way to reach them"),
    "dead_letter": N_("Letters that reached nobody"),
    "dead_address": N_("People whose mail address is dead"),
    "provisional": N_("Last day provisional: holidays not loaded"),
    "undelivered": N_("Answered, but the deputy does not have it yet"),
    "unreached": N_("Released, but it has not reached a deputy"),
    "unrated": N_("The deputy has the reply and has not said anything"),
    "undated": N_("Answered “in progress” or “planned”, and no day is named"),
}
ACTS = {
    "nobody": N_("Name a body"),
    "clockless": N_("Look at it"),
    "holderless": N_("Look at it"),
    "unsigned": N_("Press the body"),
    "mute": N_("Add an officer"),
    "faceless": N_("Note an address"),
    "dead_letter": N_("Look at the letter"),
    "dead_address": N_("Mend the address"),
    "provisional": N_("Load the days"),
    "undelivered": N_("Read the reply"),
    "unreached": N_("Deliver it"),
    "unrated": N_("Ask the deputy"),
    "undated": N_("Name the day"),
}
BY_CLOCK = ("provisional", "holderless")  # these lines are clocks: their day is the last day, not since when
PEOPLE = ("faceless", "dead_address")  # these lines are persons
OFFICE_ONLY = ("dead_letter", "dead_address", "faceless")  # addresses are nobody else's business
WHO = {  # whose name a line gives, where it is no body's
    "unreached": N_("Deputy"),
    "faceless": N_("Deputy"),
    "dead_letter": N_("Person"),
    "dead_address": N_("Person"),
}
