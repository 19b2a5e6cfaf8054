"""What adding something costs: a node type and a service are added to a copy of the tree, run there, and counted.

The figures are printed (``pytest -rP``). They are what is written by hand; what ``proto/generate.py`` writes is not counted.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import requests
import yaml
from tradewind_server.supervisor.envoy_config import envoy_binary

from harness.stack import RunningStack, start_stack

ROOT = Path(__file__).parent.parent.parent
ADDITIONS = Path(__file__).parent / "additions"
COPIED = ("server", "proto", "generated/python", "generated/descriptor", "generated/openapi", "envoy")
MOST_FOR_A_NODE, MOST_FOR_A_SERVICE = 2, 6
RULES = "ChatMessageService: chat_messages"
COMPOSITION = {
    f"{RULES},": f"{RULES},\n            Tally: Tally(SqlMessageCounts(stores.database)),",
    "from tradewind_server.document_stores.catalog": (
        "from tradewind_server.chats.tally import Tally\nfrom tradewind_server.document_stores.catalog"
    ),
    "from tradewind_server.store.secret_key": (
        "from tradewind_server.store.repositories.message_counts import SqlMessageCounts\n"
        "from tradewind_server.store.secret_key"
    ),
}
"""What a new rule changes in ``app.py``: two imports and an entry."""
FLOW = "b1f0c7a6-6f0d-4b52-9f6e-3a1d2c4b5e60"
CONTRACT = """
from tradewind_server.rpc.contract import load_contract
from tradewind_server.rpc.doors import all_services
method = load_contract().methods()["/tradewind.v1.TallyService/CountMessages"]
print(method.level.value, *method.permissions, len(list(all_services())))
"""
GENERATE = """
import pathlib, sys, tempfile
sys.path.insert(0, "proto")
import generate
with tempfile.TemporaryDirectory() as work:
    out = pathlib.Path(work) / "generated"
    made = generate.Images(pathlib.Path(work))
    for write in (generate.write_python, generate.write_doors, generate.write_descriptor, generate.write_openapi):
        write(out, made)
    for part in out.iterdir():
        if part.name == "python":
            generate.shutil.copytree(part, generate.place_of("python"), dirs_exist_ok=True)
        else:
            generate.install(part, generate.place_of(part.name))
"""
"""``make generate`` for this tree, without the stubs of other languages, whose tools may have to be fetched."""


class Tree:
    """A copy of the parts of the tree that a server is made of."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: list[str] = []
        for part in COPIED:
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "build"))

    @property
    def environment(self) -> dict[str, str]:
        return {"PYTHONPATH": os.pathsep.join([str(self.folder / "server"), str(self.folder / "generated" / "python")])}

    def add(self, what: str) -> None:
        """Put the files of an addition where they go."""
        for source in sorted(path for path in (ADDITIONS / what).rglob("*") if path.is_file() and path.suffix != ".pyc"):
            place = source.relative_to(ADDITIONS / what)
            assert not (self.folder / place).exists(), f"{place} is there already"
            (self.folder / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, self.folder / place)
            self.written.append(str(place))

    def change(self, place: str, changes: dict[str, str]) -> None:
        text = (self.folder / place).read_text()
        for old, new in changes.items():
            assert text.count(old) == 1, f"{place} has not one place for: {new}"
            text = text.replace(old, new)
        (self.folder / place).write_text(text)
        self.written.append(place)

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout

    def count(self, what: str, most: int) -> None:
        print(f"{what}: {len(self.written)} files by hand (at most {most}): {', '.join(self.written)}")
        assert len(set(self.written)) <= most


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path / "tree")


def test_a_node_type_is_its_module_and_its_test(tree: Tree) -> None:
    tree.add("node")
    (tree.folder / "pytest.ini").touch()  # Else the settings of this tree hold there.
    assert "1 passed" in tree.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests")
    place = tree.run("-c", "import tradewind_server; print(tradewind_server.__file__)")
    assert Path(place.strip()).is_relative_to(tree.folder), "the copy is what ran"
    tree.count("a node type", MOST_FOR_A_NODE)


@pytest.mark.skipif(envoy_binary() is None, reason="Envoy is not here")
def test_a_service_is_its_protos_its_servicer_its_rule_and_its_repository(tree: Tree, tmp_path: Path) -> None:
    tree.add("service")
    tree.change("server/tradewind_server/app.py", COMPOSITION)
    tree.run("-c", GENERATE)
    level, permission, services = tree.run("-c", CONTRACT).split()
    assert (level, permission) == ("ACCESS_LEVEL_KEY", "tally:view")
    assert int(services) == len(re.findall(r"^service ", protos(tree), re.MULTILINE))
    openapi = yaml.safe_load((tree.folder / "generated" / "openapi" / "tradewind.yaml").read_text())
    assert openapi["paths"]["/api/v1/tally/{chatflow_id}"]["get"]["tags"] == ["Tally"]
    stack = start_stack(tmp_path / "data", "--no-local-models", env=tree.environment)
    try:
        answers_through_the_gate(stack)
    finally:
        stack.stop()
    tree.count("a service", MOST_FOR_A_SERVICE)


def protos(tree: Tree) -> str:
    return "\n".join(path.read_text() for path in (tree.folder / "proto" / "tradewind").rglob("*.proto"))


def answers_through_the_gate(stack: RunningStack) -> None:
    """Over REST, which only a listed service is; with a key that may, without one, and for what is no id."""
    route = f"{stack.rest}/api/v1/tally/"
    assert requests.get(route + FLOW, timeout=20).status_code == 401
    counted = requests.get(route + FLOW, headers=stack.admin, timeout=20)
    assert (counted.status_code, counted.json()) == (200, {"messages": 0})
    assert requests.get(route + "nonsense", headers=stack.admin, timeout=20).status_code == 400
    assert "/api/v1/tally/{chatflow_id}" in requests.get(f"{stack.rest}/openapi.json", timeout=20).json()["paths"]
