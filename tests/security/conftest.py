"""The case at whose door the tests of signing in knock."""

import pytest

from tests.makers import Case, a_case
from tests.security.signing import NOON, with_password


@pytest.fixture
def case(session, stopped_clock) -> Case:
    """At noon, with a clerk who has a password."""
    stopped_clock(NOON)
    made = a_case()
    with_password(made.clerk)
    return made
