"""Certificates for the connection to a Qdrant server."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import certifi


@dataclass(frozen=True, slots=True)
class Trust:
    """PEM texts: the authority that signs the server's certificate (None: the public ones), and our own certificate."""

    ca: bytes | None = None
    cert: bytes | None = field(default=None, repr=False)
    key: bytes | None = field(default=None, repr=False)


NOBODY = Trust()
"""Public authorities, and no certificate of our own."""


def read_trust(ca: Path | None, cert: Path | None, key: Path | None) -> Trust:
    """The certificates in these files; raises ``OSError`` where one cannot be read."""
    return Trust(*(path.read_bytes() if path else None for path in (ca, cert, key)))


def for_others(own: Trust) -> Trust:
    """For servers that chatflows name: our authority beside the public ones, and nothing that says who we are."""
    return replace(NOBODY, ca=certifi.contents().encode() + own.ca) if own.ca else NOBODY
