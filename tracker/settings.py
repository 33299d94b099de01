"""Every knob, its meaning and its default; nothing else reads the environment."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tracker import key_files

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_KEY = 32


class SettingWrong(SystemExit):
    """A setting is unknown or malformed; the start stops with a sentence."""


def _text(value: str) -> str:
    return value


def _switch(value: str) -> bool:
    words = {"on": True, "true": True, "1": True, "yes": True, "off": False, "false": False, "0": False, "no": False}
    return words[value.strip().lower()]


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(value)
    return value.rstrip("/")


def _smtp(value: str) -> str:
    if value and urlsplit(value).scheme not in ("smtp", "smtps", "smtp+starttls"):
        raise ValueError(value)
    return value


def _mailbox(value: str) -> str:
    """One address, with or without a name before it; a letter's head has one line."""
    _name, address = parseaddr(value)
    if value and (address.count("@") != 1 or not address.isascii() or set(value) & set("\r\n\0")):
        raise ValueError(value)
    return value


def _scanner(value: str) -> str:
    host, colon, port = value.rpartition(":")
    if value and not value.startswith("/") and not (host and colon and port.isdigit() and int(port) < 65536):
        raise ValueError(value)
    return value


def _readable(value: str) -> str:
    if value and not Path(value).is_file():
        raise ValueError(value)
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except ZoneInfoNotFoundError as wrong:
        raise ValueError(value) from wrong
    return value


def _detail(value: str) -> str:
    if value not in ("numbers", "titles", "full"):
        raise ValueError(value)
    return value


def _factor(value: str) -> str:
    if value not in ("", "required", "offered", "off"):
        raise ValueError(value)
    return value


def _log_format(value: str) -> str:
    if value not in ("text", "json"):
        raise ValueError(value)
    return value


def _absolute(value: str) -> str:
    if value and not Path(value).is_absolute():
        raise ValueError(value)
    return value


def _spans(value: str) -> tuple[int, ...]:
    days, weeks, months = (int(one) for one in value.split())
    if min(days, weeks, months) < 0:
        raise ValueError(value)
    return days, weeks, months


def _age_keys(value: str) -> str:
    if any(not re.fullmatch(r"age1[02-9ac-hj-np-z]{58}", one.strip()) for one in value.split(",") if value):
        raise ValueError(value)
        raise ValueError(value)
    return value


def _key(value: str) -> str:
    if value and (len(value) < SHORTEST_KEY or set(value) & set(", \r\n")):
        raise ValueError("a key that short, or several")
    return value


def _keys(value: str) -> str:
    """Former keys, comma separated; each long enough to have been one."""
    if any(len(key.strip()) < SHORTEST_KEY for key in value.split(",") if key.strip()):
        raise ValueError("a key that short")
    return value


@dataclass(frozen=True)
class Setting:
    """One knob: how its text is read, what it is without one, and what it means."""

    read: Callable[[str], Any]
    default: Any
    meaning: str


SETTINGS: dict[str, Setting] = {
    "INSTANCE_PATH": Setting(_text, str(ROOT / "instance"), "folder for database, files and secrets"),
    "DATABASE_URL": Setting(_text, "", "database; empty: SQLite in the instance folder"),
    "SECRET_KEY": Setting(_text, "", "signs cookies and forms; empty: generated into the instance folder"),
    "SECRET_KEY_FALLBACKS": Setting(
        _keys, "", "former values of SECRET_KEY, comma separated: what they signed still counts, nothing new is signed"
    ),
    "CONTACT_KEY": Setting(_key, "", "enciphers telephones in the database; empty: generated into the instance folder"),
    "CONTACT_KEY_FALLBACKS": Setting(
        _keys, "", "former values of CONTACT_KEY, comma separated: what they enciphered can still be read"
    ),
    "BASE_URL": Setting(_address, "http://127.0.0.1:8000", "the address mailed links begin with"),
    "SMTP_URL": Setting(_smtp, "", "smtp://user:password@host:port; empty: letters are kept and shown, not sent"),
    "SMTP_CA_FILE": Setting(
        _readable, "", "PEM file of the authority that vouches for the mail server, if it is our own"
    ),
    "MAIL_FROM": Setting(_mailbox, "office@congress.example", "the address letters come from"),
    "MAIL_ONLY_TO": Setting(_mailbox, "", "for trials: every letter goes to this address instead"),
    "MAIL_DETAIL": Setting(_detail, "titles", "how much leaves the building: numbers, titles or full"),
    "TIMEZONE": Setting(_zone, "Asia/Shanghai", "where the office's day begins"),
    "SCHEDULER": Setting(_switch, True, "whether the serving process also rings the timetable"),
    "TRUSTED_HOSTS": Setting(_text, "", "further host names the pages answer to, comma separated; BASE_URL's always"),
    "PROXIES": Setting(
        int, 0, "reverse proxies before us: so many addresses of X-Forwarded-For are believed, else none"
    ),
    "PLAIN_HTTP": Setting(
        _switch, False, "whether we may listen, unencrypted, on other addresses than this machine's own"
    ),
    "LOG_FORMAT": Setting(_log_format, "text", "how the log is written: text or json"),
    "SESSION_IDLE_MINUTES": Setting(int, 30, "minutes without use after which one must sign in again"),
    "SESSION_HOURS": Setting(int, 10, "hours after which one must sign in again whatever one does"),
    "SECOND_FACTOR": Setting(
        _factor,
        "",
        "one-time codes: required (of office, hubs, administrators), offered or off; empty: required, but offered while"
        " BASE_URL is this machine itself",
    ),
    "STATEMENT_SECONDS": Setting(
        int,
        30,
        "seconds one question of a page may keep the database busy; jobs and commands take their time; 0: no end",
    ),
    "CLAMD_SOCKET": Setting(
        _scanner, "", "virus scanner (clamd) every upload is shown to: path of its socket, or host:port; empty: none"
    ),
    "UPLOAD_MB": Setting(int, 20, "largest file taken in, in megabytes"),
    "LINK_DAYS": Setting(int, 200, "days a mailed link works; longer than the longest extended reply clock"),
    "REPLY_COPIED_PERCENT": Setting(
        int, 60, "per cent of a reply that stand in another from which it is called copied"
    ),
    "REPLY_HALF_PERCENT": Setting(int, 40, "and from which it is noted at all, as half copied"),
    "NOTICE_ANSWER_DAYS": Setting(
        int, 10, "working days a body is given to answer a notice, unless the clerk says else"
    ),
    "PUBLIC_DIR": Setting(
        _absolute, "", "folder the public pages are written into; empty: the folder public of the instance"
    ),
    "BACKUP_DIR": Setting(_absolute, "", "folder of nightly backups, on another disk; empty: none are made"),
    "BACKUP_KEEP": Setting(_spans, (7, 5, 12), "of how many days, weeks and months the last backup is kept"),
    "BACKUP_RECIPIENT": Setting(_age_keys, "", "public keys (age1…) nightly backups are encrypted to, comma separated"),
    "BACKUP_OLD_DAYS": Setting(int, 2, "days after which the last good backup is called too old"),
}


def load(overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Defaults, then `tracker.toml` in the instance folder, then the environment, then the caller's own values."""
    given: dict[str, Any] = {name: os.environ[name] for name in SETTINGS if name in os.environ}
    given.update({name: value for name, value in (overrides or {}).items() if name in SETTINGS})
    folder = Path(given.get("INSTANCE_PATH") or SETTINGS["INSTANCE_PATH"].default).absolute()
    _keep_private(folder)
    values = {name: setting.default for name, setting in SETTINGS.items()}
    for name, value in {**_from_file(folder / "tracker.toml"), **given}.items():
        values[name] = _read(name, value)
    values["INSTANCE_PATH"] = str(folder)
    values["DATABASE_URL"] = values["DATABASE_URL"] or f"sqlite:///{folder / 'tracker.db'}"
    values["SECRET_KEY"] = values["SECRET_KEY"] or key_files.kept(folder / key_files.SECRET)
    given_keys = values["CONTACT_KEY"], values["CONTACT_KEY_FALLBACKS"]
    values["CONTACT_KEY"], values["CONTACT_KEY_FALLBACKS"] = key_files.contact_keys(folder, *given_keys)
    if not values["CONTACT_KEY"]:
        raise SettingWrong(f"{key_files.CONTACT} in {folder} is empty: bring back the key that stood in it.")
    at_home = urlsplit(values["BASE_URL"]).hostname in ("127.0.0.1", "localhost", "::1")
    values["SECOND_FACTOR"] = values["SECOND_FACTOR"] or ("offered" if at_home else "required")
    return values


def _keep_private(folder: Path) -> None:
    """The folder belongs to its owner alone; where somebody else owns it, its rights are his business."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(PermissionError):
        folder.chmod(0o700)


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise SettingWrong(f"{path.name} cannot be read: {wrong}") from wrong


def _read(name: str, value: Any) -> Any:
    if name not in SETTINGS:
        raise SettingWrong(f"Unknown setting {name}. Known settings: {', '.join(sorted(SETTINGS))}.")
    if isinstance(value, type(SETTINGS[name].default)) and not isinstance(value, str):
        return value
    try:
        return SETTINGS[name].read(str(value))
    except (ValueError, KeyError) as wrong:
        shown = "…" if name.startswith(("SECRET_KEY", "CONTACT_KEY")) else repr(value)
        raise SettingWrong(f"Setting {name} is malformed: {shown}. It means: {SETTINGS[name].meaning}.") from wrong
