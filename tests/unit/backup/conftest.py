"""An installation without a database: files, keys and two stores that are played."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tradewind_server.backup.manifest import Manifest
from tradewind_server.backup.ports import ServerSnapshot
from tradewind_server.backup.restore import Restorer
from tradewind_server.backup.writer import Installation, write_backup

MOMENT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


@dataclass
class PlayedDump:
    """The port ``DatabaseDump`` over a text. ``marks`` are told one after the other, the last one again and again."""

    kind: str = "SQLite"
    content: str = "rows"
    newest: str | None = "0013"
    marks: list[str] = field(default_factory=lambda: ["same"])
    loaded: str | None = None
    unused: bool = True
    on_save: Callable[[], None] = lambda: None

    def revision(self) -> str | None:
        return self.newest

    def knows(self, revision: str) -> bool:
        return revision <= "0013"

    def vector_marks(self) -> str:
        return self.marks.pop(0) if len(self.marks) > 1 else self.marks[0]

    def save(self, target: Path) -> None:
        self.on_save()
        target.write_text(self.content)

    def is_unused(self) -> bool:
        return self.unused

    def load(self, source: Path) -> None:
        self.loaded = source.read_text()


@dataclass
class PlayedVectors:
    """The port ``VectorSnapshots``: one collection, with the number of the copy in it."""

    kind: str = "embedded"
    copies: int = 0

    def save(self, target: Path) -> Sequence[ServerSnapshot]:
        self.copies += 1
        (target / "c-docs").mkdir()
        (target / "c-docs" / "points").write_text(f"copy {self.copies}")
        return ()


def check_of(secret: str) -> str:
    return f"check of {secret.strip()}"


@dataclass
class Place:
    """Where one test backs up and restores."""

    home: Path
    database: PlayedDump
    vectors: PlayedVectors
    parts: list[str] = field(default_factory=list)

    @property
    def files(self) -> Path:
        return self.home / "data" / "files" / "kept"

    @property
    def backup(self) -> Path:
        return self.home / "backup"

    @property
    def keys(self) -> Path:
        return self.home / "keys"

    @property
    def restored(self) -> Path:
        return self.home / "restored"

    def installation(self) -> Installation:
        keys = {"secret.key": self.home / "data" / "secret.key", "admin.key": self.home / "data" / "admin.key"}
        return Installation(self.database, self.vectors, self.files, keys, check_of("s3cret"), "0.1.0")

    def write(self) -> Manifest:
        return write_backup(self.installation(), self.backup, self.keys, MOMENT, self.parts.append)

    def restorer(self, key_check: str | None = None) -> Restorer:
        places = {"vectors": self.restored / "qdrant", "files": self.restored / "files" / "kept"}
        return Restorer(self.restored, places, self.database, key_check, check_of)

    def restore(self, *, without_keys: bool = False, keys: bool = True, key_check: str | None = None) -> Manifest:
        return self.restorer(key_check).restore(
            self.backup, self.keys if keys else None, without_keys=without_keys, tell=self.parts.append
        )


@pytest.fixture
def place(tmp_path: Path) -> Place:
    given = Place(tmp_path, PlayedDump(), PlayedVectors())
    (given.files / "owner").mkdir(parents=True)
    (given.files / "owner" / "file").write_text("a file")
    (tmp_path / "data" / "secret.key").write_text("s3cret\n")
    (tmp_path / "data" / "admin.key").write_text("adm1n\n")
    return given
