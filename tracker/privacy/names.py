"""The kinds of what is held about people, in words, and what becomes of them."""

from __future__ import annotations

from tracker.errors import N_
from tracker.privacy.queries import Who

KINDS = {
    "contact": N_("how the person is reached"),
    "network": N_("from where the person acted"),
    "letter": N_("letters"),
    "copy": N_("working copies"),
    "note": N_("notes in passing"),
    "name": N_("the name"),
    "record": N_("the record"),
}
FATES = {
    "contact": N_("is erased"),
    "network": N_("is erased"),
    "letter": N_("is erased"),
    "copy": N_("what reaches the person is taken out"),
    "note": N_("kept, unless it is named below"),
    "name": N_("kept: the law asks for it"),
    "record": N_("kept: the law asks for it"),
}
WHO = {Who.DEPUTY: N_("Deputy"), Who.OFFICER: N_("Officer"), Who.USER: N_("Account")}
