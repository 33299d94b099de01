"""Every knob is checked before anything starts; the instance and its key belong to their owner alone."""

import threading

import pytest

from tracker import settings
from tracker.key_files import add_contact_keys
from tracker.settings import SETTINGS, SettingWrong


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A new instance, and no setting from outside."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "instance"


def load(folder, **more):
    return settings.load({"INSTANCE_PATH": str(folder), **more})


def written(folder, text):
    folder.mkdir(exist_ok=True)
    (folder / "tracker.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_any_setting_it_works(folder):
    values = load(folder)
    assert values["DATABASE_URL"] == f"sqlite:///{folder / 'tracker.db'}"
    assert (values["TIMEZONE"], values["SCHEDULER"], values["SMTP_URL"]) == ("Asia/Shanghai", True, "")
    assert set(values) == set(SETTINGS)


def test_the_file_yields_to_the_environment_and_that_to_the_caller(folder, monkeypatch):
    written(folder, 'MAIL_FROM = "file@a.example"\nMAIL_DETAIL = "full"\nTIMEZONE = "Asia/Urumqi"')
    monkeypatch.setenv("MAIL_FROM", "environment@a.example")
    monkeypatch.setenv("MAIL_DETAIL", "numbers")
    values = load(folder, MAIL_FROM="caller@a.example")
    assert (values["MAIL_FROM"], values["MAIL_DETAIL"], values["TIMEZONE"]) == (
        "caller@a.example",
        "numbers",
        "Asia/Urumqi",
    )


def test_a_file_says_numbers_and_switches_plainly(folder):
    values = load(written(folder, "SCHEDULER = false\nUPLOAD_MB = 5"))
    assert (values["SCHEDULER"], values["UPLOAD_MB"]) == (False, 5)


def test_an_unknown_setting_stops_the_start_with_the_known_ones(folder):
    with pytest.raises(SettingWrong, match=r"Unknown setting SMTP_ADDRESS\. Known settings: BACKUP_DIR, .*UPLOAD_MB\."):
        load(written(folder, 'SMTP_ADDRESS = "x"'))


MALFORMED = {
    "BASE_URL": ["city.example", "ftp://city.example", "http://"],
    "SMTP_URL": ["mail.city.example:25", "http://mail.city.example"],
    "TIMEZONE": ["Beijing", "../etc/passwd", ""],
    "SCHEDULER": ["maybe", ""],
    "MAIL_DETAIL": ["everything", ""],
    "UPLOAD_MB": ["20 MB", "", "1.5"],
    "SESSION_IDLE_MINUTES": ["half an hour"],
    "LINK_DAYS": ["soon"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in MALFORMED.items() for value in values])
def test_a_malformed_setting_stops_the_start_with_a_sentence(folder, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingWrong) as stopped:
        load(folder)
    assert str(stopped.value) == f"Setting {name} is malformed: {value!r}. It means: {SETTINGS[name].meaning}."


def test_a_file_that_is_none_stops_the_start_with_a_sentence(folder):
    with pytest.raises(SettingWrong, match=r"tracker\.toml cannot be read"):
        load(written(folder, "MAIL_FROM = office@a.example"))


def test_a_file_in_another_encoding_stops_the_start_with_a_sentence(folder):
    folder.mkdir()
    (folder / "tracker.toml").write_bytes("# 代表工作委员会".encode("gb18030"))
    with pytest.raises(SettingWrong, match=r"tracker\.toml cannot be read"):
        load(folder)


def test_a_stopped_start_exits_with_its_sentence(folder):
    with pytest.raises(SystemExit) as stopped:
        load(folder, UPLOAD_MB="many")
    assert stopped.value.code == str(stopped.value) != ""


@pytest.mark.parametrize(("said", "is_on"), [("on", True), ("OFF", False), (" yes ", True), ("0", False)])
def test_a_switch_is_said_in_several_ways(folder, said, is_on):
    assert load(folder, SCHEDULER=said)["SCHEDULER"] is is_on


def test_an_address_has_no_slash_at_its_end(folder):
    assert load(folder, BASE_URL="https://city.example/")["BASE_URL"] == "https://city.example"


def test_the_key_is_made_once_for_its_owner_alone(folder):
    first = load(folder)["SECRET_KEY"]
    assert len(first) >= 48
    assert load(folder)["SECRET_KEY"] == first
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600
    assert load(folder.with_name("other"))["SECRET_KEY"] != first


def test_a_key_given_is_not_written_down(folder):
    assert load(folder, SECRET_KEY="given")["SECRET_KEY"] == "given"
    assert not (folder / "secret_key").exists()


def test_starts_at_the_same_moment_share_one_whole_key(folder):
    for attempt in range(25):
        keys, start = [], threading.Barrier(4)
        place = folder.with_name(f"instance{attempt}")

        def first_start(place=place, keys=keys, start=start):
            start.wait(20)
            keys.append(load(place)["SECRET_KEY"])

        starts = [threading.Thread(target=first_start) for _ in range(4)]
        for one in starts:
            one.start()
        for one in starts:
            one.join(20)
        assert len(keys) == 4
        assert len(set(keys)) == 1
        assert len(keys[0]) >= 48
        assert sorted(path.name for path in place.iterdir()) == ["contact_key", "secret_key"]


def test_the_instance_is_private_even_if_it_was_not(folder):
    folder.mkdir(mode=0o755)
    load(folder)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_key_of_the_telephones_is_made_once_and_further_lines_are_former_ones(folder):
    first = load(folder)
    assert (first["CONTACT_KEY_FALLBACKS"], len(first["CONTACT_KEY"])) == ("", 64)
    assert (folder / "contact_key").stat().st_mode & 0o777 == 0o600
    add_contact_keys(folder, ["f" * 48, first["CONTACT_KEY"]])
    add_contact_keys(folder, ["f" * 48])
    assert (folder / "contact_key").stat().st_mode & 0o777 == 0o600
    again = load(folder)
    assert again["CONTACT_KEY"] == first["CONTACT_KEY"]
    assert again["CONTACT_KEY_FALLBACKS"].split(",") == ["", "f" * 48]
    given = load(folder, CONTACT_KEY="g" * 48, CONTACT_KEY_FALLBACKS="h" * 48)
    assert given["CONTACT_KEY"] == "g" * 48
    assert given["CONTACT_KEY_FALLBACKS"].split(",") == ["h" * 48, first["CONTACT_KEY"], "f" * 48]


def test_a_key_of_the_telephones_that_is_given_is_not_written_down(folder):
    load(folder, CONTACT_KEY="g" * 48)
    assert not (folder / "contact_key").exists()


def test_an_empty_file_of_that_key_stops_the_start(folder):
    load(folder)
    (folder / "contact_key").write_text("\n")
    with pytest.raises(SettingWrong, match="is empty"):
        load(folder)
    with pytest.raises(SettingWrong, match="malformed: …"):
        load(folder, CONTACT_KEY="short")
