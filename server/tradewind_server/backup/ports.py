"""What a backup asks of the stores that it copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class DatabaseDump(Protocol):
    """A database that is copied whole. Every method blocks, and raises ``TradewindError`` with a sentence."""

    @property
    def kind(self) -> str:
        """``SQLite`` or ``Postgres``: what a dump of it is loaded into again."""
        ...

    def revision(self) -> str | None:
        """The revision of its schema; None where it has none, because nothing was ever stored."""
        ...

    def knows(self, revision: str) -> bool:
        """Whether this version of the server can open a database of that revision."""
        ...

    def vector_marks(self) -> str:
        """A text that changes whenever rows change that say what stands in the vector store."""
        ...

    def save(self, target: Path) -> None:
        """Write the state of one moment to a new file, while others read and write."""
        ...

    def is_unused(self) -> bool:
        """Whether nothing is there that loading a dump would touch."""
        ...

    def load(self, source: Path) -> None:
        """Bring in what :meth:`save` wrote; only where :meth:`is_unused`."""
        ...


@dataclass(frozen=True, slots=True)
class ServerSnapshot:
    """A snapshot that a Qdrant server made of a collection and keeps where it keeps snapshots."""

    collection: str
    name: str
    size: int
    checksum: str


class VectorSnapshots(Protocol):
    """The vectors of one installation. Methods block, and raise ``TradewindError`` with a sentence."""

    @property
    def kind(self) -> str:
        """``embedded`` or ``server``."""
        ...

    def save(self, target: Path) -> Sequence[ServerSnapshot]:
        """Write each collection, as it is at one moment, into a folder of the new directory ``target``; or have the server
        make a snapshot of each, and say which. Searches go on meanwhile; writes into a collection wait while it is copied.
        """
        ...
