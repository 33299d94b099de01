"""Public: what may be published is put on plain pages that everybody can read, and taken down where it must be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.stage import StageOffer


def offer() -> StageOffer:
    """What this stage offers: the office's page and the public's, and a command that writes them into a folder."""
    from tracker.public import command, views
    from tracker.stage import StageOffer

    return StageOffer("public", pages=(views.pages,), commands=(command.write_public,))
