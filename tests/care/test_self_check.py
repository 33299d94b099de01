"""The self-check: a new installation is in order, and each thing that is broken is told with what to do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.small_city import small_city
from tracker import clock
from tracker.care import databases, installation
from tracker.care.self_check import findings
from tracker.database import db
from tracker.mail import checks as mail
from tracker.mail.models import Letter, LetterState
from tracker.roles import Role
from tracker.schedule import checks as timetable
from tracker.schedule import ringers
from tracker.schedule.models import JobRun
from tracker.stage import Weight
from tracker.workdays.actions import seed_calendar

NOW = datetime(2026, 6, 22, 4, 0, tzinfo=UTC)
FINE, HINT, WARNING, BAD = Weight
SOUND = {
    "BASE_URL": "https://suggestions.city.example",
    "PLAIN_HTTP": False,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_NAME": "__Host-session",
    "TRUSTED_HOSTS": "",
    "PROXIES": 1,
    "SECRET_KEY": "k" * 48,
    "SECRET_KEY_FALLBACKS": [],
    "SMTP_URL": "smtp+starttls://mail.city.example",
    "MAIL_FROM": "代表工委 <office@congress.gov.cn>",
    "MAIL_ONLY_TO": "",
}
# What is changed, and which finding then says so how gravely.
BROKEN = [
    ({"BASE_URL": "http://suggestions.city.example"}, "address", BAD),
    ({"BASE_URL": "http://suggestions.city.example", "PLAIN_HTTP": True}, "address", WARNING),
    ({"SESSION_COOKIE_SECURE": False}, "cookie", BAD),
    ({"SESSION_COOKIE_HTTPONLY": False}, "cookie", BAD),
    ({"SESSION_COOKIE_SAMESITE": None}, "cookie", BAD),
    ({"SESSION_COOKIE_NAME": "session"}, "cookie", BAD),
    ({"TRUSTED_HOSTS": "*.city.example"}, "hosts", WARNING),
    ({"PROXIES": 0}, "proxies", WARNING),
    ({"PROXIES": 9}, "proxies", WARNING),
    ({"BASE_URL": "http://127.0.0.1:8000", "PROXIES": 1}, "proxies", WARNING),
    ({"debug": True}, "debug", BAD),
    ({"SECRET_KEY": "secret"}, "secret_key", BAD),
    ({"SECRET_KEY_FALLBACKS": ["k" * 48]}, "secret_key", HINT),
    ({"SMTP_URL": ""}, "mail_server", HINT),
    ({"SMTP_URL": "smtp://mail.city.example"}, "mail_server", HINT),
    ({"MAIL_FROM": "office@congress.example"}, "mail_server", WARNING),
    ({"MAIL_ONLY_TO": "me@city.example"}, "mail_server", WARNING),
]


def told(folder, **changed):
    debug = changed.pop("debug", False)
    config = {**SOUND, **changed}
    found = [*installation.of_settings(config, debug=debug), installation.of_key(config, folder)]
    return {one.key: one for one in [*found, mail.of_settings(config)]}


def test_a_sound_installation_has_nothing_to_look_after(tmp_path):
    assert {one.weight for one in told(tmp_path).values()} == {FINE}


@pytest.mark.parametrize(("changed", "key", "weight"), BROKEN, ids=lambda one: str(one))
def test_a_setting_that_is_wrong_is_told_with_what_to_do(tmp_path, changed, key, weight):
    found = told(tmp_path, **changed)
    assert found[key].weight is weight
    assert found[key].to_do
    assert {one.key for one in found.values() if one.weight is not FINE} <= {key, "proxies", "cookie"}


@pytest.mark.parametrize(
    ("found", "weight"),
    [
        (installation.of_disk(50_000), FINE),
        (installation.of_disk(1_999), WARNING),
        (installation.of_disk(499), BAD),
        (installation.of_user(1_000), FINE),
        (installation.of_user(0), HINT),
        (installation.of_backups({"BACKUP_DIR": "", "BACKUP_OLD_DAYS": 2}, None, NOW), HINT),
        (installation.of_backups({"BACKUP_DIR": "/b", "BACKUP_OLD_DAYS": 2}, None, NOW), WARNING),
        (installation.of_backups({"BACKUP_DIR": "/b", "BACKUP_OLD_DAYS": 2}, NOW - timedelta(days=3), NOW), WARNING),
        (installation.of_backups({"BACKUP_DIR": "/b", "BACKUP_OLD_DAYS": 2}, NOW - timedelta(days=1), NOW), FINE),
        (databases.of_pragmas("wal", "full", (3, 53, 0)), FINE),
        (databases.of_pragmas("wal", "normal", (3, 53, 0)), BAD),
        (databases.of_pragmas("delete", "full", (3, 40, 1)), BAD),
        (databases.of_pragmas("delete", "extra", (3, 40, 1)), FINE),
        (databases.of_library((3, 53, 0)), FINE),
        (databases.of_library((3, 40, 1)), HINT),
        (databases.of_promises({"fsync": "on", "synchronous_commit": "remote_apply"}), FINE),
        (databases.of_promises({"fsync": "off", "synchronous_commit": "on"}), BAD),
        (databases.of_server(160_003), FINE),
        (databases.of_server(90_600), WARNING),
        (databases.of_role(0), FINE),
        (databases.of_role(90), HINT),
        (databases.of_clocks(timedelta(seconds=2)), FINE),
        (databases.of_clocks(timedelta(minutes=5)), BAD),
        (timetable.of_ringers([NOW - timedelta(minutes=11)], NOW), FINE),
        (timetable.of_ringers([NOW - timedelta(minutes=31)], NOW), WARNING),
        (timetable.of_ringers([], NOW), WARNING),
        (timetable.of_years(frozenset({2026}), NOW), FINE),
        (timetable.of_years(frozenset({2025}), NOW), BAD),
        (timetable.of_years(frozenset({2026}), NOW.replace(month=11)), WARNING),
    ],
    ids=lambda one: one.name if isinstance(one, Weight) else f"{one.key} {one.values}",
)
def test_disk_database_clocks_and_timetable_are_weighed(found, weight):
    assert found.weight is weight
    assert bool(found.to_do) or weight is FINE


def test_a_folder_or_key_others_can_read_is_told(tmp_path):
    tmp_path.chmod(0o755)
    assert installation.of_folder(tmp_path).weight is BAD
    tmp_path.chmod(0o700)
    assert installation.of_folder(tmp_path).weight is FINE
    (tmp_path / "secret_key").write_text("k" * 48)
    (tmp_path / "secret_key").chmod(0o640)
    assert installation.of_key(SOUND, tmp_path).weight is BAD


def test_a_new_installation_is_in_order(app, session):
    """What the one command sets up: this machine only, no mail server, a timetable that rings."""
    small_city()
    ringers.say(at=clock.now())
    found = findings()
    unsafe_on_purpose = {"durability"} if db.engine.dialect.name == "postgresql" else set()  # the tests' own server
    assert {one.key for one in found if one.weight >= WARNING} - {"calendar"} == unsafe_on_purpose


@pytest.mark.engines("sqlite")
def test_the_administrator_reads_it_and_has_on_the_desk_what_is_wrong(session, reader, stopped_clock):
    stopped_clock(NOW)
    city = small_city()
    boss = city.user(Role.ADMIN)
    admin = reader.signed_in_as(boss)
    seed_calendar(by=city.by, on=NOW.date())
    page = admin.read("care.self_check")
    assert "Nobody has ever rung it" in page.text
    assert "Start the server" in admin.read("desk.index").text
    ringers.say(at=NOW)
    assert "Everything is in order" in admin.read("care.self_check").text
    assert "Start the server" not in admin.read("desk.index").text
    silent = NOW + timedelta(minutes=31)
    stopped_clock(silent)
    assert "Silent since 2026-06-22 12:00" in reader.signed_in_as(boss).read("desk.index").text
    reader.signed_in_as(city.clerk).read("care.self_check", expect=403)


@pytest.mark.engines("sqlite")
def test_stuck_letters_and_failed_jobs_are_alerts_with_the_next_act(session, reader, stopped_clock):
    stopped_clock(NOW)
    city = small_city()
    ringers.say(at=NOW)
    about = {"kind": "digest", "person_key": "user:1", "to_name": "x", "to_address": "x@city.example", "language": "en"}
    text = {"subject": "s", "body_text": "t", "body_html": "h", "channel": "mail", "facts": {}, "tries": 0}
    for number, state in enumerate((LetterState.WAITING, LetterState.FAILED)):
        named = {"key": str(number), "message_id": f"<{number}@x>", "written_at": NOW - timedelta(hours=3)}
        session.add(Letter(**about, **text, **named, state=state))
    run = {"claimed_at": NOW, "claimed_by": "x", "lease_until": NOW}
    session.add(JobRun(job="seal-history", slot="2026-06-22", error="broken", **run))
    admin = reader.signed_in_as(city.user(Role.ADMIN))
    page = admin.read("desk.index")
    assert "1 letters have waited for more than two hours. See that the mail server answers" in page.text
    assert "failed, hang or are late: seal-history" in page.text
    assert page.links()["Self-check"] == "/self-check"
