"""Who imports whom: the layers of ``.importlinter`` and the tables of ``docs/architecture.md``, against the real imports."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from configparser import ConfigParser
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from harness.parsed_sources import parsed

ROOT = Path(__file__).parent.parent.parent
SERVER = ROOT / "server" / "tradewind_server"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
ROW = re.compile(r"^\| ((?:`[\w./]+`(?:, )?)+) \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
QUOTED = re.compile(r"`([^`]+)`")
FILE = re.compile(r"`((?:[\w-]+/)+[\w-]+\.py)`")
EVERYTHING, EACH_OTHER = "everything", "each other"
Graph = Mapping[str, set[str]]


def module_of(path: Path) -> str:
    """The dotted name below ``tradewind_server``; the package's own is empty."""
    parts = path.relative_to(SERVER).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def sources() -> Mapping[str, Path]:
    return {module_of(path): path for path in SERVER.rglob("*.py")}


def statements(body: list[ast.stmt], *, functions: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports that run: those of ``if TYPE_CHECKING`` do not, those inside functions run later."""
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from statements(node.orelse, functions=functions)
        elif functions or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = [
                one for one in ast.iter_child_nodes(node) if isinstance(one, ast.stmt | ast.ExceptHandler | ast.match_case)
            ]
            yield from statements(inner, functions=functions)  # type: ignore[arg-type]


def imported(path: Path, *, functions: bool) -> set[str]:
    """The modules of this package that a file imports, without the file itself."""
    found: set[str] = set()
    for node in statements(parsed(path).body, functions=functions):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [one if one.removeprefix("tradewind_server.") in sources() else str(node.module) for one in inside]
        found |= {one.removeprefix("tradewind_server.") for one in names if one.startswith("tradewind_server.")}
    return (found & set(sources())) - {module_of(path)}


@cache
def graph(*, functions: bool) -> Graph:
    return {module: imported(path, functions=functions) for module, path in sources().items() if module}


def circle_in(edges: Graph) -> list[str]:
    """The modules of one circle, the first repeated at the end; empty where there is none."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def room_of(module: str, container: str) -> str:
    """The part of a module's name below a container; "" for modules outside it."""
    inside = module.removeprefix(f"{container}.") if container else module
    return inside.partition(".")[0] if not container or module.startswith(f"{container}.") else ""


def room_imports(edges: Graph, container: str) -> dict[str, set[str]]:
    """What the rooms of a container import of each other."""
    rooms: dict[str, set[str]] = {}
    for module, others in edges.items():
        room = room_of(module, container)
        if room:
            rooms.setdefault(room, set()).update({room_of(one, container) for one in others} - {room, ""})
    return rooms


@cache
def contracts() -> ConfigParser:
    parser = ConfigParser()
    parser.read(ROOT / ".importlinter")
    return parser


def layers(contract: str) -> list[list[str]]:
    """The layers of a contract, the highest first; rooms of one layer are independent of each other."""
    lines = contracts()[f"importlinter:contract:{contract}"]["layers"].split("\n")
    return [[room.strip() for room in line.split("|")] for line in lines if line.strip()]


def upward(edges: Graph, floors: list[list[str]], container: str) -> list[str]:
    """Imports of a room by one that stands below it or beside it."""
    height = {room: -number for number, floor in enumerate(floors) for room in floor}
    found = []
    for module, others in edges.items():
        for other in others:
            room, target = room_of(module, container), room_of(other, container)
            if room != target and room in height and target in height and height[target] >= height[room]:
                found.append(f"{module} -> {other}")
    return found


def rows() -> dict[str, str]:
    """Room by room the last cell of the tables of docs/architecture.md: names of rooms, or a word for many."""
    found = {}
    for match in ROW.finditer(ARCHITECTURE.read_text()):
        for room in QUOTED.findall(match[1]):
            found[room.removesuffix("/").removesuffix(".py").replace("/", ".")] = match[2]
    return found


def test_imports_follow_the_arrows() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[done.stdout.find("Broken contracts") :]


def test_no_layer_lets_its_rooms_know_each_other() -> None:
    """Of import-linter's two signs for rooms of one layer only the strict one is used."""
    for name in contracts().sections():
        assert ":" not in contracts()[name].get("layers", ""), name


@pytest.mark.parametrize("functions", [False, True], ids=["at-import", "in-functions-too"])
def test_no_modules_import_each_other_in_a_circle(functions: bool) -> None:
    assert len(graph(functions=functions)) > 200
    assert circle_in(graph(functions=functions)) == []


@pytest.mark.parametrize(("contract", "container"), [("arrows", ""), ("flows", "flows")])
def test_no_arrow_runs_up(contract: str, container: str) -> None:
    assert upward(graph(functions=True), layers(contract), container) == []


def test_what_is_measured_would_be_found() -> None:
    edges = {"flows.llm.a": {"rpc.b"}, "rpc.b": {"flows.c"}, "flows.c": {"flows.llm.a"}}
    assert set(circle_in(edges)) == set(edges)
    assert upward(edges, [["rpc", "store"], ["flows"]], "") == ["flows.llm.a -> rpc.b"]
    assert upward({"store.a": {"rpc.b"}}, [["rpc", "store"]], "") == ["store.a -> rpc.b"]
    assert upward(edges, [["c"], ["llm"]], "flows") == []
    tree = ast.parse("if TYPE_CHECKING:\n    import a\ntry:\n    import b\nexcept E:\n    import c\ndef f():\n    import d")
    assert [node.names[0].name for node in statements(tree.body, functions=False)] == ["b", "c"]
    assert [node.names[0].name for node in statements(tree.body, functions=True)] == ["b", "c", "d"]


def test_the_tables_of_the_architecture_say_what_each_room_imports() -> None:
    """Exactly that: neither an import that is not told, nor a right that nobody uses. Every room may import the ground."""
    table, edges = rows(), graph(functions=True)
    ground = {room for room, cell in table.items() if cell == EACH_OTHER}
    measured = room_imports(edges, "") | {f"flows.{room}": others for room, others in room_imports(edges, "flows").items()}
    measured = {room: others - ground for room, others in measured.items() if others - ground or room != "__main__"}
    assert len(ground) > 5 and set(table) == set(measured) - {"__main__"}
    allowed = {room: set(QUOTED.findall(cell)) for room, cell in table.items() if cell != EVERYTHING}
    assert {room: extra for room, may in allowed.items() if (extra := sorted(measured[room] - may))} == {}
    assert {room: unused for room, may in allowed.items() if (unused := sorted(may - measured[room]))} == {}


def test_the_architecture_names_files_that_exist() -> None:
    named = FILE.findall(ARCHITECTURE.read_text())
    assert len(named) > 20
    assert [one for one in named if not (SERVER / one).exists() and not (ROOT / one).exists()] == []
