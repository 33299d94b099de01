"""Two leads, one answer (共同主办): the one that does not write agrees to the text before it is submitted."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.database import Base
from tracker.dispatch.models import Assignment
from tracker.handling.models import Reply


class LeadAgreement(Base):
    """The lead that writes asks the other to agree to the reply as it stands; agreed by name and day.

    `digest` is that of the text asked about; once the text changes the row ends, and it is asked anew. One that was
    refused, with its reason, stays open until it is asked again, or the other agrees to the same text after all.
    """

    __tablename__ = "lead_agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(sa.ForeignKey("reply.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    digest: Mapped[str] = mapped_column(sa.String(64))
    asked_on: Mapped[date]
    asked_by: Mapped[str] = mapped_column(sa.String(60))
    agreed_on: Mapped[date | None]
    agreed_by: Mapped[str | None] = mapped_column(sa.String(60))
    refused_on: Mapped[date | None]
    refused_by: Mapped[str] = mapped_column(sa.String(60), default="", server_default="")
    reason: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    ended_on: Mapped[date | None]
    reply: Mapped[Reply] = relationship(lazy="raise")
    assignment: Mapped[Assignment] = relationship(lazy="raise")

    @property
    def is_refused(self) -> bool:
        return self.refused_on is not None and self.agreed_on is None


def digest_of(reply: Reply) -> str:
    """What both leads answer for: the class, the text, and what is promised."""
    said = [reply.class_label, reply.text, reply.draft_promises or []]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
