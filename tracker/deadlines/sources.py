"""Where a rule set is from, in the reader's language: the law keeps its own name, what stands around it is told."""

from __future__ import annotations

import re

from tracker.errors import N_
from tracker.web.languages import gettext as _

OURS = "drawn from the local rules that ship with the software; reply and extension follow 代表法 (2025-03-11), art. 51"
TOLD = {
    OURS: N_(
        "drawn from the local rules that ship with the software; reply and extension follow the Deputies Law"
        " (2025-03-11), art. 51"
    )
}
READ_IN = "; text read in "
_ARTICLE = re.compile(r", art\. (\w+)")


def source_text(source: str) -> str:
    """A source as it is written in the rule set's file, in words; what nobody knows stays as it is."""
    if source in TOLD:
        return _(TOLD[source])
    law, read_in, where = source.partition(READ_IN)
    named = _ARTICLE.sub(lambda found: _(", art. %(article)s", article=found.group(1)), law)
    return _("%(law)s; text read in %(where)s", law=named, where=where) if read_in else named
