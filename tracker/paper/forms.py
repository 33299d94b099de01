"""What is asked of every signed paper that comes back: its scan."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms.validators import ValidationError

from tracker.web.forms import OfficeForm


class ScanForm(OfficeForm):
    """The scan or photographs of a signed paper; without them nothing comes back."""

    files = MultipleFileField(
        _l("Scan or photograph of the signed paper"),
        description=_l("Every page: a PDF, or pictures taken with a telephone."),
    )

    def validate_files(self, _field: Any) -> None:
        if not self.uploads:
            raise ValidationError(_("Choose the file."))

    @property
    def uploads(self) -> list[Any]:
        """The files that were really chosen: a browser sends an empty one where none was."""
        return [one for one in self.files.data or [] if getattr(one, "filename", "")]
