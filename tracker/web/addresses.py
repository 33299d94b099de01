"""Where a page may send people: only to pages of our own."""

from __future__ import annotations

import re

OWN_PATH = re.compile(r"/(?![/\\])[\w\-./~%?=&:,+@]*", re.ASCII)


def own_path(address: str | None, otherwise: str) -> str:
    """The address if it is a path of ours without tricks, else the other one."""
    return address if address and OWN_PATH.fullmatch(address) else otherwise
