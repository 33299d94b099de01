"""What is asked of people about themselves and their accounts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from tracker.roles import Role
from tracker.structure.names import LEVELS
from tracker.structure.rules import ADDRESS
from tracker.web.forms import OfficeForm, line
from tracker.web.site import ROLE_NAMES


class SignInForm(OfficeForm):
    email = EmailField(
        _l("E-mail"),
        [InputRequired(_l("Enter your e-mail address.")), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Enter your password.")), Length(max=1000)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class CodeForm(OfficeForm):
    code = StringField(
        _l("Sign-in code"),
        [InputRequired(_l("Enter the code your phone shows.")), Length(max=40)],
        description=_l("Six digits from your phone, or one of your recovery codes."),
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"},
    )
    next = HiddenField()


class NewCodeForm(OfficeForm):
    code = StringField(
        _l("Code the phone shows now"),
        [InputRequired(_l("Enter the code your phone shows.")), Length(max=12)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class ProofForm(OfficeForm):
    """Whoever changes how he signs in gives the present password."""

    current = PasswordField(
        _l("Current password"),
        [InputRequired(_l("Enter your current password.")), Length(max=1000)],
        render_kw={"autocomplete": "current-password"},
    )


class ForgottenForm(OfficeForm):
    email = EmailField(
        _l("E-mail"),
        [InputRequired(_l("Enter your e-mail address.")), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )


class NewPasswordForm(OfficeForm):
    password = PasswordField(
        _l("New password"),
        [InputRequired(_l("Enter a new password.")), Length(max=1000)],
        description=_l("At least 12 characters; four unrelated words are easy to keep and hard to guess."),
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(NewPasswordForm, ProofForm):
    pass


class ChangeAddressForm(ProofForm):
    email = EmailField(
        _l("New e-mail"),
        [
            InputRequired(_l("Enter an e-mail address.")),
            Length(max=254),
            Regexp(ADDRESS, message=_l("This is not an e-mail address.")),
        ],
        render_kw={"autocomplete": "email"},
    )


class UserForm(OfficeForm):
    name = line(_l("Name"), most=60)
    email = EmailField(
        _l("E-mail"),
        [
            InputRequired(_l("Enter an e-mail address.")),
            Length(max=254),
            Regexp(ADDRESS, message=_l("This is not an e-mail address.")),
        ],
    )
    role = SelectField(_l("Role"), choices=lambda: [(str(role), ROLE_NAMES[str(role)]) for role in Role], coerce=Role)
    body_id = SelectField(
        _l("Body"), coerce=int, description=_l("For handlers, leaders of a body, hubs and committees.")
    )
    deputy_id = SelectField(_l("Deputy"), coerce=int, description=_l("For a deputy's own account."))


class NamedViewForm(OfficeForm):
    name = line(_l("Name of the view"), most=60)
    shared = BooleanField(_l("Share it with the office"))
    start = BooleanField(_l("Begin my day with it"))


class SetUpForm(NewPasswordForm):
    code = line(_l("One-time code"), most=100, hint=_l("It was printed where the system was started."))
    congress_name = line(_l("Name of the congress"), most=120, hint=_l("As on your letterhead."))
    office_name = line(_l("Name of the office"), most=120)
    level = SelectField(
        _l("Level"),
        choices=lambda: [(str(level), name) for level, name in LEVELS.items()],
    )
    rules_name = SelectField(_l("Rules that apply"), description=_l("They can be changed later, from a date on."))
    name = line(_l("Your name"), most=60)
    email = EmailField(
        _l("Your e-mail"),
        [
            InputRequired(_l("Enter an e-mail address.")),
            Length(max=254),
            Regexp(ADDRESS, message=_l("This is not an e-mail address.")),
        ],
    )
    confirmed = BooleanField(
        _l("I have confirmed with the office which rules apply"),
        [InputRequired(_l("Please confirm which rules apply."))],
    )
