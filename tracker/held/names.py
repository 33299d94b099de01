"""What holders, tasks and ways are called."""

from __future__ import annotations

from tracker.errors import N_
from tracker.held.rules import Way
from tracker.suggestion.ball import BODY, DEPUTY, HUB, OFFICE
from tracker.suggestion.spans import Task

HOLDERS = {
    OFFICE: N_("Our own office"),
    HUB: N_("Hubs"),
    BODY: N_("Bodies"),
    DEPUTY: N_("Deputies"),
}
TASKS = {
    Task.INTAKE: N_("recording, and handing over"),
    Task.CORRECTION: N_("correcting what was returned"),
    Task.NAMING: N_("naming a body, while none has to answer"),
    Task.DISPATCH: N_("dispatching onward"),
    Task.HANDLING: N_("handling, as the one that answers"),
    Task.OPINION: N_("giving a co-handler's opinion"),
    Task.RETURN: N_("deciding a return"),
    Task.EXTENSION: N_("deciding an extension"),
    Task.READING: N_("reading and delivering a reply"),
    Task.ORIGINAL: N_("sending the stamped original"),
    Task.RATING: N_("rating the reply"),
    Task.WITHDRAWAL: N_("agreeing to a withdrawal"),
    Task.CONCLUDING: N_("concluding after the rating"),
}
WAYS = {
    Way.RETURNED: N_("Returned"),
    Way.LEAD_CHANGED: N_("Lead changed"),
    Way.RECALLED: N_("Recalled by the office"),
}
