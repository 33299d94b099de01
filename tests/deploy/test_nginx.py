"""The nginx site of deploy/: in front of gunicorn it lets nothing through that it should stop, and says its headers."""

import http.client
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from tests.databases import let_go, settings
from tests.deploy import site as sites
from tests.deploy.site import NAME, Site, a_site, nginx, pages
from tests.small_city import small_city
from tracker import create_app
from tracker.public.views import KEPT
from tracker.web.headers import ALWAYS

pytestmark = pytest.mark.skipif(bool(sites.nginx_missing()), reason=sites.nginx_missing())


@pytest.fixture(scope="module")
def behind(migrated, tmp_path_factory):
    """nginx, gunicorn and an empty tracker; the second of them can be asked to go."""
    folder = tmp_path_factory.mktemp("behind")
    given = {"BASE_URL": f"https://{NAME}", "PROXIES": 1}
    with migrated("sqlite").fresh(folder) as url, a_site() as site:
        app = create_app(settings(folder, url))
        with app.app_context():
            small_city()
        let_go(app)
        with pages(site.socket, settings(folder, url) | given):
            yield site


def test_the_site_is_one_nginx_takes(tmp_path):
    whole = Site(tmp_path).written()
    tried = subprocess.run([str(nginx()), "-t", "-c", str(whole), "-p", str(tmp_path)], capture_output=True, text=True)
    assert tried.returncode == 0, tried.stderr
    assert "warn" not in tried.stderr
    shutil.rmtree(tmp_path)


def test_pages_come_through_with_their_headers_once(behind):
    for path, status in (("/sign-in", 200), ("/nowhere", 404), ("/healthz", 200), ("/", 302)):
        answer, _body = behind.ask("GET", path)
        assert answer.status == status
        for name, value in (ALWAYS | {"Strict-Transport-Security": "max-age=31536000"}).items():
            assert answer.headers.get_all(name) == [value], (path, name)
        assert answer.headers.get_all("Cache-Control") == ["no-store"]
        assert "gunicorn" not in str(answer.headers)
        assert answer.headers["Server"] == "nginx"


def test_what_is_public_is_read_while_nothing_else_answers(tmp_path, migrated):
    with migrated("sqlite").fresh(tmp_path) as url, a_site() as site:
        given = settings(tmp_path, url) | {"BASE_URL": f"https://{NAME}", "PROXIES": 1, "PUBLIC_DIR": tmp_path}
        page = tmp_path / "7.html"
        page.write_text("taken down later", "utf-8")
        with pages(site.socket, given):
            first, body = site.ask("GET", "/published/")
            assert site.ask("GET", "/published/7.html")[0].status == 200
            page.unlink()
            outlive(site.folder / "tracker")
            assert site.ask("GET", "/published/7.html")[0].status == 404
        again, kept = site.ask("GET", "/published/", headers={"Cookie": "session=x"})
        asked_otherwise, _body = site.ask("GET", "/published/?x=1")
        other, _body = site.ask("GET", "/sign-in")
        outlive(site.folder / "tracker")
        gone, _body = site.ask("GET", "/published/7.html")
    assert (first.status, again.status, asked_otherwise.status, other.status) == (200, 200, 200, 502)
    assert kept == body
    assert gone.status == 404, "what was taken down comes back while the tracker rests"
    assert "Set-Cookie" not in again.headers
    assert again.headers.get_all("Cache-Control") == [KEPT]


def outlive(cache: Path) -> None:
    """What nginx keeps is older than it may be: the second number of each file is how long it holds."""
    for path in (path for path in cache.rglob("*") if path.is_file()):
        with path.open("r+b") as file:
            file.seek(8)
            file.write(struct.pack("q", 1))


def test_cookies_are_bound_to_the_host(behind):
    answer, _body = behind.ask("GET", "/sign-in")
    assert answer.headers["Set-Cookie"].startswith("__Host-session=")
    assert "Secure" in answer.headers["Set-Cookie"]


def test_what_nginx_says_itself_has_headers_too(behind):
    head = {"Content-Length": str(23 * 1024 * 1024)}
    large, _body = behind.ask("POST", "/sign-in", headers=head)
    missing, _body = behind.ask("GET", "/static/nothing.css")
    long, _body = behind.ask("GET", "/" + "a" * 9_000)
    assert (large.status, missing.status, long.status) == (413, 404, 414)
    for answer in (large, missing, long):
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
    assert large.headers["Strict-Transport-Security"] == missing.headers["Strict-Transport-Security"] != ""


def test_another_name_is_not_answered(behind):
    for host in ("evil.test", "127.0.0.1", f"{NAME}.evil.test", ""):
        answer, body = behind.ask("GET", "/sign-in", headers={"Host": host})
        assert answer.status in (400, 421), host
        assert b"sign-in" not in body
    plain = http.client.HTTPConnection("127.0.0.1", behind.http, timeout=10)
    plain.request("GET", "/sign-in?x=1", headers={"Host": NAME})
    answer = plain.getresponse()
    assert (answer.status, answer.headers["Location"]) == (308, f"https://{NAME}/sign-in?x=1")


def test_nobody_renames_us_or_himself(behind):
    tricks = {"X-Forwarded-Host": "evil.test", "X-Forwarded-Prefix": "/evil", "Forwarded": "host=evil.test"}
    answer, body = behind.ask("GET", "/", headers=tricks)
    assert answer.headers["Location"].startswith("/sign-in")
    assert b"evil" not in body + str(answer.headers).encode()


def test_static_files_are_kept_for_ever(behind):
    answer, body = behind.ask("GET", "/static/seal.svg")
    assert (answer.status, answer.headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert body
    climbed, _body = behind.ask("GET", "/static/..%2fapp.py")
    assert climbed.status in (400, 404)


def test_a_guesser_is_slowed_at_the_door(behind):
    answers = [behind.ask("GET", "/sign-in")[0].status for _time in range(40)]
    assert answers.count(429) >= 10
    assert behind.ask("GET", "/healthz")[0].status == 200


@pytest.mark.parametrize(("path", "most"), [("/suggestions?q=%E8%B7%AF", 70), ("/suggestions?format=xlsx", 35)])
def test_who_searches_or_carries_lists_away_by_program_is_slowed(behind, path, most):
    """Each from an address of its own, so that nobody else is slowed."""
    source = f"127.0.0.{most}"
    answers = [behind.ask("GET", path, source=source)[0].status for _time in range(100)]
    assert 20 < answers.count(302) <= most + 10
    assert answers.count(429) == 100 - answers.count(302)
    assert behind.ask("GET", "/suggestions", source=source)[0].status == 302


def test_a_whole_office_may_fetch_its_styles_at_once(behind):
    answers = {behind.ask("GET", "/static/seal.svg", source="127.0.0.9")[0].status for _time in range(400)}
    assert answers == {200}


def test_without_the_pages_the_error_has_its_headers():
    with a_site("127.0.0.1:9") as alone:
        answer, body = alone.ask("GET", "/sign-in")
    assert answer.status == 502
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"127.0.0.1" not in body
