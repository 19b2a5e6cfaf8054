"""Web addresses as people, pages and flows write them: one reader that answers, whatever the text."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urljoin, urlsplit

LONGEST_URL = 8192
PRIVATE_ENDINGS = (".localhost", ".local", ".internal", ".lan", ".home.arpa", ".svc", ".test")


def web_parts(text: str) -> SplitResult | None:
    """The parts of an http or https address, whose ``port`` can be asked for; None for every other text."""
    if len(text) > LONGEST_URL:
        return None
    try:
        parts = urlsplit(text.strip())
        _ = parts.port  # Raises for what is no port.
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.hostname else None


def is_web_address(text: str) -> bool:
    return web_parts(text) is not None


def private_host(text: str) -> str:
    """The host of an address, with or without a scheme, that lies inside by its name alone; empty for any other.

    A hint for people: whether a connection may be made is decided by the addresses behind the name.
    """
    parts = web_parts(text if "//" in text else f"http://{text}")
    host = (parts.hostname or "").rstrip(".") if parts else ""
    try:
        return "" if ipaddress.ip_address(host).is_global else host
    except ValueError:
        return host if host and ("." not in host or host.endswith(PRIVATE_ENDINGS)) else ""


def join_url(base: str, link: str) -> str | None:
    """The address that a link on a page leads to; None for one that is no web address."""
    try:
        target = urljoin(base, link.strip())
    except ValueError:
        return None
    return target if is_web_address(target) else None


def display_url(url: str) -> str:
    """An address without what may be secret in it: user, password, query."""
    parts = web_parts(url)
    if parts is None:
        return "The address"
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}{parts.path}"
