"""Password strength, and how many wrong tries are too many. Pure."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import unicodedata
from datetime import datetime, timedelta

from tracker.errors import N_, RuleBroken
from tracker.roles import OFFICE, Role

SHORTEST, LONGEST = 12, 200
TRIES, SOURCE_TRIES = 8, 60
WINDOW = timedelta(minutes=15)
DAY_TRIES, DAY = 30, timedelta(hours=24)  # of one-time codes: a few guesses in a million
STEP_SECONDS, AROUND = 30, 1  # how long a one-time code holds, and how far the phone's clock may be off, in codes
HALF_LASTS = timedelta(minutes=10)  # between the password and the one-time code
MAILS_AN_HOUR = 3  # of those that set a password anew
NEEDS_FACTOR = (*OFFICE, Role.HUB, Role.ADMIN)
HOUSEHOLD = 64  # bits of an IPv6 address that one household or office shares
COMMON_WORDS = """
password passw0rd administrator qwertyuiop qwerty12345 letmein welcome iloveyou 1q2w3e4r5t 1qaz2wsx3edc
woaini1314 5201314 renda rendabangongshi changweihui daibiao jianyi beijing zhongguo a1b2c3d4e5
"""
COMMON = frozenset(COMMON_WORDS.split())


def must_be_strong(password: str, *, email: str, name: str) -> None:
    """A password is long, not too long, and cannot be guessed from the account or from habit.

    :raises RuleBroken: it is too short, too long, or easily guessed.
    """
    if len(password) < SHORTEST:
        raise RuleBroken(N_("Use at least %(count)d characters."), count=SHORTEST)
    if len(password) > LONGEST:
        raise RuleBroken(N_("Use at most %(count)d characters."), count=LONGEST)
    low = password.casefold()
    own = [part for part in (email.split("@")[0].casefold(), name.casefold()) if len(part) > 1]
    bare = low.strip("0123456789!@#$%^&*._- ")
    if len(set(low)) < 5 or bare in COMMON or any(part in low and len(low) < len(part) + 8 for part in own):
        raise RuleBroken(N_("This password is easily guessed. Choose another, for example four unrelated words."))


def too_many(failures: int, source_failures: int) -> bool:
    """Whether the door stays shut for a while: per account, and far more generously per source address."""
    return failures >= TRIES or source_failures >= SOURCE_TRIES


def needs_factor(role: Role, mode: str, *, demo_only: bool) -> bool:
    """Whether this person signs in with a one-time code or not at all; demo accounts open on their own machine only."""
    return mode == "required" and role in NEEDS_FACTOR and not demo_only


def factor_steps(at: datetime) -> range:
    """The half minutes whose codes are taken now."""
    now = int(at.timestamp()) // STEP_SECONDS
    return range(now - AROUND, now + AROUND + 1)


def place_of(address: str) -> str | None:
    """What of an address tells one place from another: its network. None for what stands for anybody (a proxy, us)."""
    try:
        found: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address)
    except ValueError:
        return None
    found = getattr(found, "ipv4_mapped", None) or found
    if found.is_loopback:
        return None
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else HOUSEHOLD), strict=False))


def account_key(email: str) -> str:
    """One key for all spellings of an account's name, so that variants count together."""
    return "account:" + unicodedata.normalize("NFKC", email).strip().casefold()[:100]


def network_digest(address: str, secret: bytes) -> str | None:
    """The network of a public address, so that two can be compared and neither be read; None for any other address.

    Inside an office all addresses are private, and behind a misplaced proxy all are the proxy's: they tell nothing.
    """
    try:
        found: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address)
    except ValueError:
        return None
    found = getattr(found, "ipv4_mapped", None) or found
    if not found.is_global:
        return None
    prefix = found.max_prefixlen if found.version == 4 else HOUSEHOLD
    network = ipaddress.ip_network((found, prefix), strict=False)
    return hmac.new(secret, f"network:{network}".encode(), hashlib.sha256).hexdigest()
