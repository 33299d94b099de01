"""What is asked when bodies become others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import InputRequired

from tracker.structure.models import SuccessionKind
from tracker.web.forms import OfficeForm, day, line, text

KINDS = (
    (SuccessionKind.RENAMED, _l("It gets another name")),
    (SuccessionKind.MERGED, _l("It is merged with others, or into another one")),
    (SuccessionKind.SPLIT, _l("It is split into several")),
    (SuccessionKind.TRANSFERRED, _l("A part of its work goes to another body; it goes on")),
)


class ReformForm(OfficeForm):
    """One act of a reform: which bodies become which, from which day on, by which document."""

    kind = RadioField(
        _l("What happens"),
        choices=[(str(word), name) for word, name in KINDS],
        validators=[InputRequired(_l("Choose one."))],
    )
    others = SelectMultipleField(
        _l("Other bodies that go into the same one"), coerce=int, description=_l("Only for a merger.")
    )
    new_names = text(
        _l("Names of new bodies"),
        required=False,
        most=400,
        rows=3,
        hint=_l("One on each line; the first takes over what is not sent elsewhere."),
    )
    successors = SelectMultipleField(
        _l("Bodies that are there already and take over"),
        coerce=int,
        description=_l("Leave it empty if the body is new."),
    )
    on = day(_l("From this day on"))
    document_number = line(_l("Document of the reform"), required=False, most=60)

    def offer(self, bodies: Iterable[tuple[int, str]], own: int) -> None:
        """The bodies to choose from: all but the one it is about."""
        choices: list[Any] = [choice for choice in bodies if choice[0] != own]
        self.others.choices = self.successors.choices = choices

    def names(self) -> list[str]:
        """The new bodies' names, in their order."""
        return [name.strip() for name in (self.new_names.data or "").splitlines() if name.strip()]

    def how_many(self) -> tuple[int, int]:
        """How many bodies become how many."""
        return 1 + len(self.others.data or ()), len(self.names()) + len(self.successors.data or ())
