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
# What passwords are made of where nobody thinks; of a good one something is left without them, digits and signs.
COMMON_WORDS = """
password passw0rd passwort admin administrator root guest user login test demo temp default secret changeme letmein
welcome hello iloveyou loveyou master monkey dragon football baseball sunshine princess shadow superman batman
trustno1 whatever freedom computer internet server system manager office qwertyuiop qwerty qwert asdfghjkl asdfgh asdf
zxcvbnm zxcvbn zxcv qazwsxedc qazwsx 1qaz2wsx3edc 1qaz2wsx 1q2w3e4r5t 1q2w3e4r 1q2w3e qaz wsx edc abcdefgh abcdef abcd
abc aabbcc woaini woaiwojia wobuzhidao mima guanliyuan 5201314 1314520 zhongguo beijing shanghai renda renmin
rendabangongshi changweihui changwei daibiao jianyi banjian zhengfu bangongshi bangong shiwei xianwei congress
suggestion suggestions deputy
密码 口令 管理员 我爱你 中国 北京 上海 人民代表大会 常务委员会 常委会 人大 代表 建议 办理 办公室 政府 委员会 市委 县委
"""
COMMON = tuple(sorted(COMMON_WORDS.split(), key=len, reverse=True))
SHORTEST_REST = 4


def must_be_strong(password: str, *, email: str, name: str, local: str = "") -> None:
    """A password is long, not too long, and cannot be guessed from the account, the place or from habit.

    :param local: the congress's name, whose words everybody here would try first
    :raises RuleBroken: it is too short, too long, or easily guessed.
    """
    if len(password) < SHORTEST:
        raise RuleBroken(N_("Use at least %(count)d characters."), count=SHORTEST)
    if len(password) > LONGEST:
        raise RuleBroken(N_("Use at most %(count)d characters."), count=LONGEST)
    low = unicodedata.normalize("NFKC", password).casefold()
    own = [part for part in (email.split("@")[0].casefold(), name.casefold(), _city(local)) if len(part) > 1]
    by_account = any(part in low and len(low) < len(part) + 8 for part in own)
    if len(set(low)) < 5 or by_account or len(_rest(low, own)) < SHORTEST_REST:
        raise RuleBroken(N_("This password is easily guessed. Choose another, for example four unrelated words."))


def _rest(low: str, own: list[str]) -> str:
    """What is left of a password without what everybody thinks of, digits and signs (not emoji)."""
    for word in (*own, *COMMON):
        low = low.replace(word, " ")
    return "".join(sign for sign in low if unicodedata.category(sign)[0] in "LS" and sign not in "$+<=>^`|~")


def _city(congress: str) -> str:
    """临江 of 临江市人民代表大会; the first word of a name in letters."""
    return congress.partition("人民代表大会")[0].rstrip("市县区省州").casefold() if "人民代表大会" in congress else ""


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
