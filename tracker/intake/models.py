"""What the record form adds to a suggestion."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base
from tracker.files.models import File


class Attachment(Base):
    """A file handed in with the suggestion."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(sa.ForeignKey("suggestion.id"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("file.id"), unique=True)
    file: Mapped[File] = relationship(lazy="raise")


class OffLine(Base):
    """A secret suggestion: that there is one, and nothing of what it says (涉密件线下办理)."""

    __tablename__ = "off_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(sa.ForeignKey("congress.id"), index=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    noted_on: Mapped[date]
    noted_by: Mapped[str] = mapped_column(sa.String(60))
