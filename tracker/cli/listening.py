"""Where we listen: what is not encrypted stays on this machine, unless somebody says that the way between is safe."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, MutableMapping
from typing import Any

from tracker.settings import SETTINGS

REFUSED = (
    "Not started: {host} is not only this machine, and what we say there is not encrypted. Let nginx listen there "
    "(deploy/nginx/tracker.conf) and us on 127.0.0.1; or, where the way between is safe, set PLAIN_HTTP=on."
)


def must_not_leave(host: str, config: Mapping[str, Any]) -> None:
    """Refuse to listen where others could read along.

    :raises SystemExit: the address is not of this machine alone, and PLAIN_HTTP does not allow it.
    """
    if not config["PLAIN_HTTP"] and not is_this_machine(host):
        raise SystemExit(REFUSED.format(host=host or "every address"))


def lead_here(host: str, port: int, config: MutableMapping[str, Any]) -> None:
    """Letters lead to where we listen, unless somebody said another address: a trial on another port works too."""
    if config["BASE_URL"] == SETTINGS["BASE_URL"].default and is_this_machine(host) and ":" not in host:
        config["BASE_URL"] = f"http://{host}:{port}"


def is_this_machine(host: str) -> bool:
    """Whether only programs of this machine reach an address. A name other than localhost may be anybody's."""
    if host.lower() in ("localhost", "localhost."):
        return True
    try:
        found = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)
