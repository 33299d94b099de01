"""How the installation stands: its address, its key, its folder, its disk. The administrator's self-check."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from tracker import clock
from tracker.care import databases, enciphering
from tracker.care.retention import kept_backups
from tracker.errors import N_
from tracker.settings import SHORTEST_KEY
from tracker.stage import Finding, Weight

MEGABYTE = 1024 * 1024
LITTLE_MEGABYTES, FEW_MEGABYTES = 2_000, 500
MOST_PROXIES = 3
OTHERS = stat.S_IRWXG | stat.S_IRWXO
PRIVATE = ("", "secret_key", "contact_key", "tracker.toml", "files")
FINE, HINT, WARNING, BAD = Weight


def checks() -> Iterator[Finding]:
    """Everything about the installation that no single stage can see."""
    config = current_app.config
    yield from of_settings(config, debug=current_app.debug)
    yield of_key(config, Path(current_app.instance_path))
    yield from enciphering.checks()
    yield of_folder(Path(current_app.instance_path))
    yield of_user(os.geteuid() if hasattr(os, "geteuid") else 1)
    yield of_disk(shutil.disk_usage(current_app.instance_path).free // MEGABYTE)
    yield from databases.checks()
    kept = kept_backups()
    yield of_backups(config, kept[0].made_at if kept else None, clock.now())


def of_settings(config: Mapping[str, Any], *, debug: bool) -> Iterator[Finding]:
    yield _address(config)
    yield _cookies(config)
    yield _names(config)
    yield _proxies(config)
    about = N_("Debugging")
    if debug:
        to_do = N_("Start without FLASK_DEBUG and without --debug.")
        yield Finding("debug", about, BAD, N_("on: every visitor could run programs here."), to_do=to_do)
    else:
        yield Finding("debug", about, FINE, N_("switched off"))


def _address(config: Mapping[str, Any]) -> Finding:
    about, values = N_("Encryption"), {"address": config["BASE_URL"]}
    if urlsplit(config["BASE_URL"]).scheme == "https":
        return Finding("address", about, FINE, N_("Pages and links use %(address)s."), values)
    if _is_here(config):
        return Finding("address", about, FINE, N_("none needed: %(address)s is only this machine."), values)
    to_do = N_("Put nginx with a certificate before it (docs/operating.md) and set BASE_URL to its https address.")
    weight = WARNING if config["PLAIN_HTTP"] else BAD
    return Finding("address", about, weight, N_("none: passwords travel to %(address)s readable."), values, to_do)


def _is_here(config: Mapping[str, Any]) -> bool:
    host = urlsplit(config["BASE_URL"]).hostname or ""
    return host in ("localhost", "::1") or host.startswith("127.")


def _cookies(config: Mapping[str, Any]) -> Finding:
    about, https = N_("The cookie of a session"), urlsplit(config["BASE_URL"]).scheme == "https"
    is_kept = config["SESSION_COOKIE_HTTPONLY"] and config["SESSION_COOKIE_SAMESITE"] in ("Lax", "Strict")
    bound = config["SESSION_COOKIE_SECURE"] and config["SESSION_COOKIE_NAME"].startswith("__Host-")
    if is_kept and (bound or not https):
        return Finding("cookie", about, FINE, N_("closed to scripts and to other sites"))
    to_do = N_("Take the program as it was delivered: no setting loosens this.")
    return Finding("cookie", about, BAD, N_("open to scripts, to other sites or to unencrypted pages"), to_do=to_do)


def _names(config: Mapping[str, Any]) -> Finding:
    about = N_("Host names")
    names = [name.strip() for name in config["TRUSTED_HOSTS"].split(",") if name.strip()]
    odd = [name for name in names if set(name) & set("*/@ ")]
    if odd:
        to_do = N_("Write TRUSTED_HOSTS as host names, comma separated, without http:// and without *.")
        says = N_("%(names)s in TRUSTED_HOSTS is no host name; nobody is answered under it.")
        return Finding("hosts", about, WARNING, says, {"names": ", ".join(odd)}, to_do)
    own = ", ".join([urlsplit(config["BASE_URL"]).netloc, *names])
    return Finding("hosts", about, FINE, N_("Only %(names)s is answered."), {"names": own})


def _proxies(config: Mapping[str, Any]) -> Finding:
    about, count = N_("Before us"), config["PROXIES"]
    values = {"count": count}
    if count == 0 and urlsplit(config["BASE_URL"]).scheme == "https":
        to_do = N_("Set PROXIES to the number of reverse proxies before us, 1 for nginx alone.")
        says = N_("PROXIES is 0: all visitors seem to come from one address, and one guesser locks out all.")
        return Finding("proxies", about, WARNING, says, to_do=to_do)
    if count < 0 or count > MOST_PROXIES or (count and _is_here(config)):
        to_do = N_("Set PROXIES to 0 where browsers reach us directly.")
        says = N_("PROXIES is %(count)s: a visitor may say himself which address he comes from.")
        return Finding("proxies", about, WARNING, says, values, to_do)
    return Finding("proxies", about, FINE, N_("%(count)s reverse proxies are believed."), values)


def of_key(config: Mapping[str, Any], folder: Path) -> Finding:
    about = N_("The key that signs sessions")
    kept = folder / "secret_key"
    if len(config["SECRET_KEY"]) < SHORTEST_KEY:
        to_do = N_("Leave SECRET_KEY empty, or set one of 48 random characters.")
        return Finding("secret_key", about, BAD, N_("It is short enough to be guessed."), to_do=to_do)
    if _is_open(kept):
        to_do = N_("chmod 600 %(path)s, then change the key (docs/operating.md): others may have read it.")
        return Finding("secret_key", about, BAD, N_("%(path)s can be read by others."), {"path": str(kept)}, to_do)
    if config["SECRET_KEY_FALLBACKS"]:
        to_do = N_("Empty SECRET_KEY_FALLBACKS a day after the change.")
        return Finding(
            "secret_key", about, HINT, N_("It was changed; what the former one signed still counts."), to_do=to_do
        )
    return Finding("secret_key", about, FINE, N_("long, random, its owner's alone"))


def of_folder(folder: Path) -> Finding:
    about = N_("The folder of the instance")
    open_ = [str(folder / name) for name in PRIVATE if _is_open(folder / name)]
    if open_ and _is_open(folder):
        to_do = N_("chmod 700 for folders and 600 for files, by the user the tracker runs as.")
        return Finding("folder", about, BAD, N_("Others can read %(paths)s."), {"paths": ", ".join(open_)}, to_do)
    return Finding("folder", about, FINE, N_("%(path)s is its owner's alone."), {"path": str(folder)})


def _is_open(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & OTHERS)


def of_user(number: int) -> Finding:
    about = N_("Whom the program runs as")
    if number == 0:
        to_do = N_("Let systemd run it as a user of its own (deploy/systemd).")
        return Finding("user", about, HINT, N_("root, who may change everything on this machine"), to_do=to_do)
    return Finding("user", about, FINE, N_("a user without special rights"))


def of_backups(config: Mapping[str, Any], last: datetime | None, now: datetime) -> Finding:
    about, oldest = N_("The last good backup"), timedelta(days=config["BACKUP_OLD_DAYS"])
    if not config["BACKUP_DIR"]:
        to_do = N_("Set BACKUP_DIR to a folder on another disk, or see to backups otherwise.")
        return Finding("backup", about, HINT, N_("Nothing is backed up by itself."), to_do=to_do)
    values = {"at": clock.local(last).strftime("%Y-%m-%d %H:%M") if last else "–"}
    if last is not None and now - last <= oldest:
        return Finding("backup", about, FINE, N_("made on %(at)s and tried out"), values)
    to_do = N_("See in the timetable why the job “back-up” made none, and ring it by hand.")
    return Finding("backup", about, WARNING, N_("too old: %(at)s"), values, to_do, "schedule.index")


def of_disk(megabytes: int) -> Finding:
    about, values = N_("Room on the disk"), {"megabytes": f"{megabytes:,}"}
    says = N_("%(megabytes)s MB are free.")
    if megabytes >= LITTLE_MEGABYTES:
        return Finding("disk", about, FINE, says, values)
    to_do = N_("Make room, or move the instance to a larger disk: on a full one nobody can save.")
    return Finding("disk", about, BAD if megabytes < FEW_MEGABYTES else WARNING, says, values, to_do)
