"""Who acts: a signed-in user, the holder of a mailed link, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """The acting person as history keeps him; `on_behalf_of` names whose paper is entered."""

    kind: str
    id: int | None
    name: str
    body_id: int | None = None
    on_behalf_of: str | None = None

    def for_paper_of(self, name: str) -> Actor:
        """The same person entering a signed paper of somebody else."""
        return Actor(self.kind, self.id, self.name, self.body_id, name)


SYSTEM = Actor("system", None, "system")
