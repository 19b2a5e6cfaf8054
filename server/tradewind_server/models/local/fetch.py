"""Fetches model files once: resumable, checked against pinned hashes, safe from two processes at once."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import http.client
import json
import os
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason, Unavailable
from tradewind_server.models.local.manifest import MODELS, LocalModel, ModelFile, find_model
from tradewind_server.models.local.package_archives import CHUNK, PackageArchives

CONNECT_SECONDS = 5.0
SPARE_BYTES = 200 * 1024 * 1024
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)
DownloadReport = Callable[[str, int, int], None]
"""Called with what is going on, bytes done and bytes in all."""


def require_model(name: str) -> LocalModel:
    """The model of that name; ``InvalidInput`` lists the known ones otherwise."""
    model = find_model(name)
    if model is None:
        names = ", ".join(model.name for model in MODELS)
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"There is no embedded model {name}; there are {names}.")
    return model


def model_path(model: LocalModel, directory: Path) -> Path:
    assert model.file, "the model comes inside a package"
    return directory / model.file


def package_file(model: LocalModel) -> Path:
    """The file of a model inside a package, which is not imported for it. Raises ``ImportError`` when it is missing."""
    assert model.package, "the model is a file of its own"
    spec = find_spec(model.package)
    if spec is None or not spec.submodule_search_locations:
        raise ImportError(f"the package {model.package} is not installed")
    return Path(spec.submodule_search_locations[0]) / model.member


def is_present(model: LocalModel, directory: Path) -> bool:
    """Whether the files are those that were checked when they were fetched, by size and date; the full hash takes
    seconds. A model inside a package is here when the package is installed."""
    if model.package is not None:
        return find_spec(model.package) is not None
    return all(_is_present(file, directory) for file in model.files)


def _is_present(file: ModelFile, directory: Path) -> bool:
    path = directory / file.file
    try:
        note = json.loads(_note(path).read_text())
        stat = path.stat()
    except (OSError, ValueError):
        return False
    return bool(note == {"sha256": file.sha256, "size": stat.st_size, "mtime": int(stat.st_mtime)})


def has_files(model: LocalModel, directory: Path) -> bool:
    """Whether any of its files is here, sound or not."""
    if model.package is not None:
        return is_present(model, directory)
    return any((directory / file.file).exists() for file in model.files)


def verify(model: LocalModel, directory: Path) -> bool:
    """Whether the files have the pinned hashes, read in full."""
    if model.package is not None:
        return is_present(model, directory) and _sha256(package_file(model)) == model.sha256
    return all(_has_hash(file, directory) for file in model.files)


def distrust(model: LocalModel, directory: Path) -> None:
    """Have the next look at the files be a full one."""
    for file in model.files:
        _note(directory / file.file).unlink(missing_ok=True)


def _has_hash(file: ModelFile, directory: Path) -> bool:
    path = directory / file.file
    return path.exists() and _sha256(path) == file.sha256


def ensure(model: LocalModel, directory: Path, *, offline: bool, report: DownloadReport) -> None:
    """Have the model's files in ``directory``, fetching what is not there.

    Raises ``FailedPrecondition`` when one is missing and ``offline``, when the directory cannot be written or its disk is
    too full, or when a package is not installed; ``Unavailable`` when no source can be reached or none has the file with
    the pinned hash.
    """
    if is_present(model, directory):
        return
    if model.package is not None:
        raise FailedPrecondition(
            Reason.MODEL_UNAVAILABLE,
            f"The embedded model {model.name} comes with the package {model.package}, which is not installed; "
            "run `pip install 'tradewind[local]'`, or set TRADEWIND_OPENAI_BASE_URL.",
        )
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with file_lock(directory / f".{model.name}.lock", lambda: report("Waiting for another process", 0, model.size)):
            archives = PackageArchives(directory / f".{model.name}.packages", keeps=len(model.files) > 1)
            for file in model.files:
                if not _is_present(file, directory):  # Another process may have fetched it while this one waited.
                    _ensure(model, file, directory, archives, offline=offline, report=report)
            archives.clear()
    except OSError as error:
        raise FailedPrecondition(
            Reason.MODEL_UNAVAILABLE,
            f"The files of the embedded model {model.name} cannot be written ({error.strerror}); make room, or set "
            "TRADEWIND_MODEL_DIR to another place.",
        ) from error


def _ensure(
    model: LocalModel, file: ModelFile, directory: Path, archives: PackageArchives, *, offline: bool, report: DownloadReport
) -> None:
    path = directory / file.file
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size == file.size and _has_hash(file, directory):
        return _write_note(file, path)
    if offline:
        raise FailedPrecondition(
            Reason.MODEL_UNAVAILABLE,
            f"The embedded model {model.name} is not here and fetching is off; run `tradewind models pull` online, or "
            "set TRADEWIND_OPENAI_BASE_URL.",
        )
    _check_disk(model, file, directory)
    _fetch(model, file, path, archives, report)
    _write_note(file, path)


def _fetch(model: LocalModel, file: ModelFile, path: Path, archives: PackageArchives, report: DownloadReport) -> None:
    draft = path.with_suffix(".part")
    problems: list[str] = []
    join = partial(_from_packages, archives=archives)
    # A package that is here already holds the file as well as the hub does.
    for source in (join, _from_hub) if archives.has_all(file.parts) else (_from_hub, join):
        try:
            if not source(file, draft, report):
                continue
        except Unavailable as problem:
            problems.append(problem.message)
            continue
        report("Checking", 0, file.size)
        if _sha256(draft) == file.sha256:
            os.replace(draft, path)
            return
        draft.unlink()
        problems.append("A source had another file under this name; it was refused.")
    raise Unavailable(
        Reason.MODEL_UNAVAILABLE,
        f"The embedded model {model.name} could not be fetched. {' '.join(problems)} Check the network, or set "
        "TRADEWIND_OPENAI_BASE_URL to use an endpoint instead.",
    )


def _from_hub(file: ModelFile, draft: Path, report: DownloadReport) -> bool:
    """Download from the official hub, continuing an earlier attempt."""
    if not file.url:
        return False
    have = draft.stat().st_size if draft.exists() else 0
    if have >= file.size:
        return True
    request = urllib.request.Request(file.url, headers={"Range": f"bytes={have}-"} if have else {})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=CONNECT_SECONDS) as response:  # noqa: S310 (a pinned https address)
            mode = "ab" if response.status == 206 else "wb"
            done = have if mode == "ab" else 0
            with draft.open(mode) as target:
                while chunk := response.read(CHUNK):
                    target.write(chunk)
                    done += len(chunk)
                    report("Fetching", done, file.size)
    except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
        if isinstance(error, OSError) and error.errno in DISK_FULL:
            raise
        raise Unavailable(Reason.MODEL_UNAVAILABLE, "The model hub cannot be reached.") from error
    if done < file.size:
        raise Unavailable(Reason.MODEL_UNAVAILABLE, "The model hub broke off; the next try goes on where it stopped.")
    return True


def _from_packages(file: ModelFile, draft: Path, report: DownloadReport, *, archives: PackageArchives) -> bool:
    """Join the file from package parts, fetched by the ordinary client; each part is kept until the whole is there."""
    if file.parts is None:
        return False
    store = draft.with_suffix(".parts")
    store.mkdir(exist_ok=True)
    pieces: list[Path] = []
    for number, package in enumerate(file.parts.packages, 1):
        report(f"Fetching part {number} of {len(file.parts.packages)}", sum(p.stat().st_size for p in pieces), file.size)
        pieces.append(archives.piece(package, file.parts, store))
    with draft.open("wb") as whole:
        for piece in pieces:
            with piece.open("rb") as source:
                shutil.copyfileobj(source, whole, CHUNK)
            piece.unlink()  # As soon as it is joined: the disk need not hold the model twice.
    shutil.rmtree(store)
    return True


def _check_disk(model: LocalModel, file: ModelFile, directory: Path) -> None:
    free = shutil.disk_usage(directory).free
    if free < file.size + SPARE_BYTES:
        raise FailedPrecondition(
            Reason.MODEL_UNAVAILABLE,
            f"The embedded model {model.name} needs {file.size >> 20} MiB and {free >> 20} MiB are free; make room, or set "
            "TRADEWIND_MODEL_DIR to another disk.",
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _note(path: Path) -> Path:
    return path.with_suffix(".checked.json")


def _write_note(file: ModelFile, path: Path) -> None:
    """Dates in whole seconds: the layers of an image keep no more, and there nobody may write a new note."""
    stat = path.stat()
    note = {"sha256": file.sha256, "size": stat.st_size, "mtime": int(stat.st_mtime)}
    _note(path).write_text(json.dumps(note))


@contextmanager
def file_lock(path: Path, busy: Callable[[], None] | None = None) -> Iterator[None]:
    """One process at a time; ``busy`` is called when another one is at it."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if busy is not None:
                busy()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
