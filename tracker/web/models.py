"""Forms already acted on."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from tracker.database import Base, Instant


class Press(Base):
    """A form already acted on, by the token it carried: a second press of the button does nothing new."""

    __tablename__ = "press"

    token: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    address: Mapped[str] = mapped_column(sa.String(300))
