"""The wheels, installed by themselves into a fresh environment of every Python that is here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
VERSIONS = ("3.11", "3.12", "3.13")
ASSETS = ("envoy.yaml", "tradewind.binpb", "rest_services.json", "openapi.yaml", "vendor/swagger-ui/swagger-ui.css")
IMPORT_ALL = """
import importlib, pkgutil, tradewind_server
extras = ("tradewind_server.models.local", "tradewind_server.vectors.engine", "tradewind_server.store.migrations.env")
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


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    return built(ROOT, out, "tradewind-*.whl")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("client")
    return built(ROOT / "generated" / "python", out, "tradewind_client-*.whl")


def built(project: Path, out: Path, name: str) -> Path:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(out), str(project)]
    subprocess.run(command, check=True, timeout=300)
    (found,) = out.glob(name)
    return found


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as packed:
        (name,) = (name for name in packed.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(packed.read(name))


def test_the_wheel_carries_what_a_start_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    assert {f"tradewind_server/assets/{asset}" for asset in ASSETS} <= names
    assert not [name for name in names if name.startswith("tradewind/")], "The stubs are a distribution of their own."
    assert "tradewind_server/store/migrations/script.py.mako" in names
    assert not [name for name in names if name.startswith(("tests/", "examples/"))]


def test_the_client_is_as_old_as_the_server_and_needs_nothing_of_it(wheel: Path, client: Path) -> None:
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
@pytest.mark.parametrize("version", VERSIONS)
def test_the_client_works_by_itself(client: Path, version: str, tmp_path: Path) -> None:
    python = interpreter(version)
    if python is None:
        pytest.skip(f"there is no Python {version} here")
    home = fresh(tmp_path, python, client)
    code = "import pkgutil, importlib, tradewind.v1 as p; [importlib.import_module(f'tradewind.v1.{m.name}') for m in pkgutil.iter_modules(p.__path__)]"  # noqa: E501
    subprocess.run([str(home / "bin" / "python"), "-c", code], check=True, timeout=60, cwd=tmp_path)


def fresh(tmp_path: Path, python: str, *wheels: Path) -> Path:
    """A new environment with these wheels and what they need."""
    home = tmp_path / "venv"
    uv = [sys.executable, "-m", "uv", "--quiet"]
    subprocess.run([*uv, "venv", "--python", python, str(home)], check=True, timeout=60)
    command = [*uv, "pip", "install", "--python", str(home / "bin" / "python"), *map(str, wheels)]
    subprocess.run(command, check=True, timeout=500)
    return home


@pytest.mark.timeout(600)
@pytest.mark.parametrize("version", VERSIONS)
def test_it_works_without_extras(wheel: Path, client: Path, version: str, tmp_path: Path) -> None:
    python = interpreter(version)
    if python is None:
        pytest.skip(f"there is no Python {version} here")
    home = fresh(tmp_path, python, wheel, client)

    def run(*command: str) -> str:
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    run(str(home / "bin" / "python"), "-c", IMPORT_ALL)
    tradewind = str(home / "bin" / "tradewind")
    assert json.loads(run(tradewind, "version", "--json"))["python"].startswith(version)
    run(tradewind, "migrate", "--data-dir", "data")
    flow = ROOT / "examples" / "flows" / "conversation.json"
    (imported,) = json.loads(run(tradewind, "flows", "import", str(flow), "--data-dir", "data", "--json"))
    assert imported["id"] in run(tradewind, "flows", "list", "--data-dir", "data")
