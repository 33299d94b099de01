"""What is shipped is what is locked, known by its licence, and holds no secret and nothing of others."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from release import licences
from tests.house_rules.source import ROOT

STATIC = ("css", "js", "svg")
OF_OTHERS = re.compile(
    r"copyright|licen[cs]e|@preserve|\(c\)|sourceMappingURL|https?://(?!www\.w3\.org/)", re.IGNORECASE
)
# What a secret looks like; a test may make one up, and says so by these few.
SECRETS = {
    "a private key": re.compile(rb"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    "a key of age": re.compile(rb"AGE-SECRET-KEY-1[0-9A-Z]{58}"),
    "a key of a cloud": re.compile(rb"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b"),
    "a token of a forge": re.compile(
        rb"\bgh[pousr]_[0-9A-Za-z]{36}\b|\bglpat-[0-9A-Za-z_-]{20}\b|\bpypi-[0-9A-Za-z_-]{50}"
    ),
    "a token somebody signed": re.compile(rb"\beyJ[0-9A-Za-z_-]{15,}\.eyJ[0-9A-Za-z_-]{15,}\.[0-9A-Za-z_-]{20}"),
    "an address with a password": re.compile(
        rb"\b[a-z+]{3,20}://[^\s/:@'\"{}<>]+:(?!secret@|password@|pw@)[^\s/@'\"{}<>]{6,}@"
    ),
    "a setting that says it": re.compile(
        rb"^(?:SECRET_KEY|SMTP_URL|PASSWORD|TOKEN|API_KEY)\s*=\s*[\"'][^\"'{}]{12,}[\"']", re.MULTILINE
    ),
}
ADDRESS_OF_A_REGISTRY = re.compile(
    rb"(?:--(?:extra-)?index-url|--trusted-host)[ =]|https?://[^\s\"')]*(?:/simple/|pypi|/packages/)", re.IGNORECASE
)
# The mail server of the tests shows a certificate of an authority of the tests; people of the tests sign in.
CERTIFICATES = {"tests/mail/certificates/authority.pem", "tests/mail/certificates/server.pem"}
MADE_UP = {"a private key": {"tests/mail/certificates/server.pem"}}


@cache
def tracked() -> tuple[Path, ...]:
    """What git would hand out: these and no others leave the house."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout of git")
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    return tuple(path for name in told.decode().split("\0") if name and (path := ROOT / name).is_file())


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_of_every_package_somebody_asked_whether_it_is_looked_after():
    said = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in said.splitlines() if line.startswith("| ")][1:]
    assert [(row[0], row[1]) for row in rows] == licences.shipped()
    assert [row[0] for row in rows if row[4] not in ("yes", "yes: a newer one is out", "unknown") and not row[5]] == []


def test_the_page_of_licences_is_that_of_the_lock():
    said = (ROOT / "docs/licences.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| ([a-z0-9._-]+) \| (\d\S*) \| (?!\s*\|)", said, re.MULTILINE)
    assert named == licences.shipped()
    assert said == licences.page()


@pytest.mark.parametrize("what", SECRETS)
def test_no_secret_is_tracked(what):
    outside_tests = what == "a setting that says it"
    found = {name_of(path) for path in tracked() if SECRETS[what].search(path.read_bytes())}
    assert {name for name in found if not (outside_tests and name.startswith("tests/"))} == MADE_UP.get(what, set())


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a private key", b"-----BEGIN " + b"RSA PRIVATE KEY-----"),
        ("a key of age", b"AGE-SECRET-" + b"KEY-1" + b"Q" * 58),
        ("a key of a cloud", b"AKIA" + b"A" * 16),
        ("a token of a forge", b"ghp_" + b"a" * 36),
        ("a token somebody signed", b"eyJ" + b"a" * 20 + b".eyJ" + b"b" * 20 + b"." + b"c" * 30),
        ("an address with a password", b"smtp://office" + b":Winter-2026@mail.city.example"),
        ("a setting that says it", b"SECRET_KEY" + b' = "kJ8s7d6f5g4h3j2k"'),
    ],
)
def test_a_secret_would_be_found(what, text):
    assert SECRETS[what].search(b"\n" + text + b"\n")


def test_no_file_named_like_a_secret_is_tracked():
    names = {"secret_key", "tracker.toml", ".env", "id_rsa", "id_ed25519", ".pypirc", ".netrc"}
    endings = {".pem", ".key", ".p12", ".pfx", ".db", ".sqlite"}
    found = {name_of(path) for path in tracked() if path.name in names or path.suffix in endings}
    assert found == CERTIFICATES


def test_no_address_of_a_registry_is_tracked():
    own = Path(__file__)
    assert [name_of(path) for path in tracked() if path != own and named_in(path)] == []


def named_in(path: Path) -> bool:
    return ADDRESS_OF_A_REGISTRY.search(path.read_bytes()) is not None


def test_styles_scripts_and_pictures_are_our_own():
    """Nothing is copied in: then there is no version of others to watch, and no licence to keep."""
    served = [path for path in tracked() if path.is_relative_to(ROOT / "static")]
    assert {path.suffix[1:] for path in served} == set(STATIC)
    assert [path.name for path in served if ".min." in path.name] == []
    assert [path.name for path in served if OF_OTHERS.search(path.read_text(encoding="utf-8"))] == []
    assert max(path.stat().st_size for path in served) < 20_000


def test_every_package_brings_its_own_digests():
    """pip refuses a lock in which one package has none, and any file with another digest."""
    for name in ("requirements.lock", "requirements-dev.lock", "release/pip.lock"):
        lines = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
        pinned = [line for line in lines if line.strip() and not line.startswith("#")]
        assert pinned
        assert [line for line in pinned if "==" not in line or "--hash=sha256:" not in line] == []
