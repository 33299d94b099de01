"""What is typed, and where one is sent: nothing is run, cut or followed; what the fuzzer found stays found."""

from __future__ import annotations

import itertools
import re

import pytest

from tests.security.city import ON, City, built
from tests.security.crawl import ask, fingerprint
from tests.security.fuzzing import Fuzzer
from tests.security.lengths import faults_of, fields_with_limits
from tracker.web.addresses import own_path
from tracker.web.numbers import row_number, row_number_or_zero

BEFORE = (
    "//", "\\\\", "/\\", "\\/", "///", "////", "/\t/", "/\n/", "\t//", " //", "https://", "https:\\\\", "https:/",
    "https:", "http:///", "javascript:", "data:text/html,", "/%0d%0a//", "/\0/", "\u3000//", "／／", "/.//", "/\r\n/",
    "/ /",
)  # fmt: skip
HOSTS = ("evil.test", "127.0.0.1:8000@evil.test", "evil。test", "[::1]:8000")
AFTER = ("", "/?next=//evil.test#")
NASTY_FIELDS = 12  # in every check; `bench fuzz` tries all


@pytest.fixture
def city(session, stopped_clock) -> City:
    stopped_clock(ON)
    return built()


@pytest.fixture
def visitors(city, reader):
    return {name: reader.signed_in_as(user) for name, user in city.users.items()}


def leads_away(address: str) -> bool:
    """As browsers read an address: ends are trimmed, line ends and tabs vanish, a backslash is a slash."""
    read = re.sub(r"[\t\r\n]", "", address.strip("".join(map(chr, range(33))))).replace("\\", "/")
    return read.startswith("//") or re.match(r"[a-zA-Z][\w+.-]*:", read) is not None


def test_no_address_leads_away_from_here() -> None:
    asked = ["".join(parts) for parts in itertools.product(BEFORE, HOSTS, AFTER)]
    assert len(asked) == 192
    assert [address for address in asked if leads_away(own_path(address, "/"))] == []
    assert own_path("/suggestions?q=%E9%81%93&page=2", "/") == "/suggestions?q=%E9%81%93&page=2"


@pytest.mark.engines("sqlite")
def test_no_page_leads_away_whatever_it_is_told(visitors) -> None:
    clerk = visitors["clerk"]
    for before in BEFORE:
        away = f"{before}evil.test/"
        answers = [ask(clerk, "/language", "POST", data={"language": "en", "next": away, "csrf_token": clerk.token()})]
        answers.append(ask(clerk, "/sign-in", query_string={"next": away}))
        for answer, _text in answers:
            assert not leads_away(answer.headers.get("Location", "/").removeprefix(clerk.app.config["BASE_URL"]))


@pytest.mark.parametrize("text", ["²", "٣", "９", "9" * 10, "9" * 5000, "-1", "1.5", " 1", "0x1"])
def test_what_no_row_can_be_called_is_no_number(text: str) -> None:
    assert row_number_or_zero(text) == 0
    with pytest.raises(ValueError, match=re.escape(text[:40])):
        row_number(text)


def test_what_the_fuzzer_found(city, visitors) -> None:
    """A NUL in an address, a field without a name, ticks beyond 64 bit, a token of no form, blanks for an answer."""
    clerk, schools = visitors["clerk"], visitors["schools"]
    own, before = city.ids["schools"]["assignment_id"][0], fingerprint()
    nameless = b"--x\r\nContent-Disposition: form-data\r\n\r\n\r\n--x--"
    multipart = {"content_type": "multipart/form-data; boundary=x", "headers": {"X-CSRFToken": clerk.token()}}
    token = {"csrf_token": clerk.token()}
    asked = [
        *(ask(clerk, f"/papers/%00/{what}") for what in ("receipt", "contact", "letter", "rating", "notice-answer")),
        *(ask(clerk, path) for path in ("/bulletins/%00", "/rules/%00", "/suggestions?q=a%00b", "/replies/0/files/1")),
        ask(clerk, "/suggestions/new", "POST", data=nameless, **multipart),
        ask(visitors["hub"], "/dispatch/chosen", "POST", data={"csrf_token": visitors["hub"].token(), "chosen": "²"}),
        ask(clerk, "/replies/deliveries", "POST", data={**token, "way": "system", "chosen": "9" * 30}),
        ask(clerk, "/language", "POST", data={**token, "press": "a\0b", "language": "en"}),
        ask(clerk, f"/bodies/{city.bodies['roads'].id}/reform", "POST", data=token),
        ask(clerk, "/assessments/new", "POST", data={**token, "title": "x", "period": "year:2026"}),
    ]
    assert [(answer.request.path, answer.status_code) for answer, _text in asked if answer.status_code >= 500] == []
    answer, text = ask(
        schools,
        f"/assignments/{own}/reply",
        "POST",
        data={"csrf_token": schools.token(), "publicity": "x", "way": "x", "text": "写了很久", "act": "save"},
    )
    assert (answer.status_code, "写了很久" in text) == (200, True)
    blank = {"on": "\t\n", "text": "\u3000 \0", "csrf_token": schools.token()}
    answer, text = ask(schools, f"/assignments/{own}/progress", "POST", data=blank)
    assert (answer.status_code, text.count('class="form-errors"')) == (200, 1)
    assert {name for name, rows in fingerprint().items() if rows != before[name]} <= {"user"}  # his language


@pytest.mark.engines("postgresql")
def test_a_field_takes_what_it_says_it_takes(app, city, visitors) -> None:
    """Rare characters count as one; PostgreSQL would not take one more than a column has. All of them: `bench fuzz`."""
    fields = list(itertools.islice(fields_with_limits(app, city, visitors), NASTY_FIELDS))
    assert [wrong for who, *about in fields for wrong in faults_of(visitors[who], *about)] == []


def test_requests_nobody_would_send_are_answered_plainly(app, city, visitors) -> None:
    fuzzer = Fuzzer(app, city, visitors, seed=20260305)
    assert fuzzer.run(120) == []
    assert fuzzer.asked["answers 2xx"] > 12
