"""A mail server in every mood: nothing is lost, nothing has a second name, and all leaves soon when it is well."""

import pytest
from jinja2 import ChoiceLoader, DictLoader

from tests.drills.badmail import Moody, bear, impatient
from tests.mail.conftest import KIND

# `python3 start.py bench badmail` goes through every mood at every step, and has the server away for a week.
MOODS = [("EHLO", "drop"), ("MAIL", "554 5.7.1 Never"), ("RCPT", "451 4.3.0 Later"), ("RCPT", "554 5.7.1 Never")]
DOUBTS = [("DATA", "drop"), ("DATA", "keep and drop"), ("DATA", "hang")]


@pytest.mark.engines("sqlite")
def test_no_mood_of_the_server_loses_a_letter(app):
    app.jinja_env.loader = ChoiceLoader([DictLoader(KIND), app.jinja_env.loader])
    with Moody.listening() as moody, impatient():
        app.config["SMTP_URL"] = moody.url
        for at, mood in [*MOODS, *DOUBTS]:
            told = bear(app, moody, at, mood, letters=2, hours=1)
            assert (told["sent"], told["lost"], told["second Message-IDs"]) == (2, 0, 0), told
            assert told["minutes until all are sent"] <= (150 if (at, mood) in DOUBTS else 10), told
