"""Connections that only read and connections that write are kept apart.

Told to do the other, SQLite forgets how all its statements are compiled, and PostgreSQL is asked twice more: for a form
that is opened and sent back that took a sixth of the time. So whoever begins gets a connection that did the same
before; only where as many are open as are kept does one change.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa


class KindsApart(sa.QueuePool):
    """Hands out the connection that was last used for the same."""

    @staticmethod
    def only_reads() -> bool:
        """Whether who asks for a connection only reads; what a connection does stands in its `info`."""
        raise NotImplementedError

    def _do_get(self) -> Any:
        idle: Any = self._pool
        with idle.mutex:
            for record in reversed(idle.queue):
                if record.info.get("only_reads", False) is self.only_reads():
                    idle.queue.remove(record)
                    return record
        if self.overflow() < 0 and self._inc_overflow():
            return self._opened()
        return super()._do_get()

    def _opened(self) -> Any:
        try:
            return self._create_connection()
        except BaseException:
            self._dec_overflow()
            raise
