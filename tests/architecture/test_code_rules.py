"""Rules of the house that no linter of ours knows: size, names, what is never called, what happens at import."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from harness.parsed_sources import parsed, walked

ROOT = Path(__file__).parent.parent.parent
SERVER = ROOT / "server" / "tradewind_server"
GENERATED = SERVER / "rest_stubs"
SOURCES = sorted(path for path in SERVER.rglob("*.py") if not path.is_relative_to(GENERATED))
SCRIPTS = sorted(
    [
        *(ROOT / "proto").glob("*.py"),
        *(ROOT / "docs").glob("*.py"),
        *(ROOT / "examples").glob("*.py"),
        *(ROOT / "examples").glob("clients/*/*.py"),
    ]
)
MOST_LINES = 400
MOST_FUNCTION_LINES = 60
LISTS = {"app.py", "store/migrations/"}
"""Lists of parts and of columns are long without being hard to read."""
VAGUE_NAMES = re.compile(r"^(utils?|helpers?|misc|common|stuff|base|core|managers?)$|_v\d+$|_(old|new|copy)$")
CATCHES_ALL = {"rpc/errors.py", "rpc/interceptors/chain.py", "vectors/engine/collections.py", "parsing/__main__.py"}
"""The door, where errors become statuses; the engine's directory, since the engine raises plain ``Exception``; and the process
that reads documents, since parsers raise anything for damaged bytes."""
STARTS_PROCESSES = (
    "supervisor/", "cli/", "models/local/package_archives.py", "models/local/kokoro/phonemes.py", "parsing/parser.py",
    "javascript/process.py", "store/dialects/postgres_dump.py",
)  # fmt: skip
HTTP_CLIENT_ROOMS = ("models/", "outbound/")
RUNS_AT_IMPORT = ("cli/", "store/migrations/")
"""Commands are registered, and alembic runs its scripts by importing them."""
FINDS_MODULES = {"rpc/doors.py", "flows/nodes/registry.py", "flows/agentflow/nodes/catalog.py"}
"""Services and node types register themselves: the names are those of the files in the package beside it."""
NEVER_CALLED = {
    "eval", "exec", "compile", "__import__", "breakpoint", "input", "globals",
    "os.system", "os.popen", "os.fork", "os.forkpty", "yaml.unsafe_load", "yaml.full_load", "tempfile.mktemp",
}  # fmt: skip
NEVER_IMPORTED = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "imp", "multiprocessing"}
HTTP_CLIENTS = {"urllib.request", "http.client"}
SQL_CALLS = {"text", "exec_driver_sql"}


def place(path: Path) -> str:
    return str(path.relative_to(SERVER if path.is_relative_to(SERVER) else ROOT))


def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return walked(parsed(path))


def dotted(node: ast.expr | None) -> str:
    """``os.system`` for that expression; the name alone for a bare name."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in nodes_of(path):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_files_stay_short() -> None:
    """Split a file that is longer along what it decides."""
    assert [place(path) for path in SOURCES + SCRIPTS if path.read_text().count("\n") > MOST_LINES] == []


def test_functions_stay_on_a_screen() -> None:
    long = []
    for path in SOURCES + SCRIPTS:
        if place(path).startswith(tuple(LISTS)):
            continue
        for node in nodes_of(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                long += [f"{place(path)}: {node.name} has {lines} lines"] if lines > MOST_FUNCTION_LINES else []
    assert long == []


def test_names_say_what_is_inside() -> None:
    paths = [path for folder in (SERVER, ROOT / "proto") for path in folder.rglob("*") if "__pycache__" not in path.parts]
    vague = [str(path.relative_to(ROOT)) for path in paths if VAGUE_NAMES.search(path.stem)]
    # The messages that several services share; protobuf's own style calls this file so.
    assert vague == ["proto/tradewind/v1/common.proto"]


def test_nothing_runs_text_as_code() -> None:
    found = []
    for path in SOURCES:
        found += [f"{place(path)} imports {name}" for name in imported(path) if name.partition(".")[0] in NEVER_IMPORTED]
        for name, call in calls(path):
            where = f"{place(path)}:{call.lineno}"
            if name in NEVER_CALLED:
                found.append(f"{where} calls {name}")
            if name == "yaml.load" and not re.search(r"safe_?loader", ast.unparse(call), re.IGNORECASE):
                found.append(f"{where} builds objects from YAML")
            computed = name.endswith("import_module") and not isinstance(call.args[0], ast.Constant)
            if computed and place(path) not in FINDS_MODULES:
                found.append(f"{where} imports by a computed name")
            if name.removeprefix("sqlalchemy.") in SQL_CALLS | {f"connection.{one}" for one in SQL_CALLS} and any(
                isinstance(one, ast.JoinedStr) for one in call.args
            ):
                found.append(f"{where} puts text into SQL")
    assert found == []


def test_processes_are_started_only_where_they_are_watched_and_without_a_shell() -> None:
    found = []
    for path in SOURCES:
        starters = [name for name, _ in calls(path) if "create_subprocess" in name]
        starters += [name for name in imported(path) if name.partition(".")[0] == "subprocess"]
        if starters and not place(path).startswith(STARTS_PROCESSES):
            found.append(f"{place(path)}: {starters[0]}")
        for name, call in calls(path):
            if name.endswith("create_subprocess_shell") or any(keyword.arg == "shell" for keyword in call.keywords):
                found.append(f"{place(path)}:{call.lineno} goes through a shell")
    assert found == []


def test_the_standard_librarys_http_clients_stay_in_the_adapters() -> None:
    """Where addresses are checked and time-outs set."""
    outside = [path for path in SOURCES if not place(path).startswith(HTTP_CLIENT_ROOMS)]
    assert [place(path) for path in outside if HTTP_CLIENTS & imported(path)] == []


def test_what_differs_between_databases_stands_in_the_dialects() -> None:
    """Elsewhere nobody asks which one it is. A migration that has been released stays as it is."""
    asked = re.compile(r"dialect\.name\b|startswith\(\W?\"(sqlite|postgres)")
    apart = ("store/dialects/", "store/migrations/versions/")
    assert [place(path) for path in SOURCES if asked.search(path.read_text()) and not place(path).startswith(apart)] == []
    assert asked.search('if engine.dialect.name == "sqlite"') and asked.search('url.startswith("sqlite")')


def test_one_place_catches_everything() -> None:
    found = []
    for path in SOURCES:
        for node in nodes_of(path):
            if not isinstance(node, ast.ExceptHandler) or place(path) in CATCHES_ALL:
                continue
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(one is None or dotted(one) in ("Exception", "BaseException") for one in caught):
                found.append(f"{place(path)}:{node.lineno}")
    assert found == []


def test_importing_does_nothing() -> None:
    """At the top of a module stand definitions; what they make is made by the composition root."""
    found = []
    for path in SOURCES:
        found += [f"{place(path)}:{node.lineno} global" for node in nodes_of(path) if isinstance(node, ast.Global)]
        if place(path).startswith(RUNS_AT_IMPORT):
            continue
        for node in parsed(path).body:
            acts = isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant)
            if acts or isinstance(node, ast.For | ast.While | ast.With | ast.Try):
                found.append(f"{place(path)}:{node.lineno}")
    assert found == []


def test_unit_tests_wait_for_events_and_not_for_time() -> None:
    tests = [path for room in ("unit", "conformance") for path in (ROOT / "tests" / room).rglob("*.py")]
    asleep = [
        path for path in tests if "time.sleep" in path.read_text() and any(name == "time.sleep" for name, _ in calls(path))
    ]
    assert [str(path.relative_to(ROOT)) for path in asleep] == []


def constructions(tree: ast.AST, names: set[str]) -> list[str]:
    """Where values of these classes are made: a call of the class, under any name it was imported as, or ``replace``."""
    aliases = {
        alias.asname or alias.name: alias.name
        for node in walked(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in names
    }
    found = []
    for node in walked(tree):
        if isinstance(node, ast.Call):
            last = dotted(node.func).rpartition(".")[2]
            first = dotted(node.args[0]).rpartition(".")[2] if node.args else ""
            copied = last == "replace" and first in ("admitted", "view")
            if aliases.get(last, last) in names or copied or (last == "__new__" and first in names):
                found.append(f"{node.lineno} {ast.unparse(node)[:60]}")
    return found


def test_one_file_lets_calls_in() -> None:
    """Rules that take an ``Admitted`` can be reached only past the guard that makes them."""
    guarded = {"Admitted", "PublicView"}
    makers = [place(path) for path in SOURCES if constructions(parsed(path), guarded)]
    assert makers == ["chatflows/admission.py"]
    for text in ("Admitted(a, b)", "m.Admitted(a)", "from m import Admitted as A\nA(a)", "replace(self.admitted, principal=p)"):
        assert constructions(ast.parse(text), guarded), text


TEXT_COLUMNS = ("chatbot_config", "api_config", "speech_to_text", "text_to_speech", "follow_up_prompts", "analytic")
CHATFLOWS = {"chatflow", "flow"}
READS_COLUMNS = {"chatflows/config.py"}
CHECKS_JSON = {"chatflows/service.py"}
"""What is to be saved must be JSON: nothing is read out of it."""
READERS = {"orjson.loads", "json.loads"}
RULES = ("access/", "chatflows/", "flows/", "ingest/")


def column_reads(tree: ast.AST) -> list[str]:
    """``chatflow.api_config``: the column of a chatflow, whatever the variable leads through."""
    return [
        f"{node.lineno} {ast.unparse(node)}"
        for node in walked(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in TEXT_COLUMNS
        and (node.attr != "follow_up_prompts" or dotted(node.value).rpartition(".")[2] in CHATFLOWS)
    ]


def test_one_file_reads_the_text_columns_of_a_chatflow() -> None:
    """``chatflows/config.py`` alone. A message has a column of the same name as one of them, a list of follow-ups."""
    others = [path for path in SOURCES if place(path) not in READS_COLUMNS]
    found = [f"{place(path)}:{one}" for path in others for one in column_reads(parsed(path))]
    assert found == []
    assert len(column_reads(parsed(SERVER / "chatflows" / "config.py"))) == len(TEXT_COLUMNS)
    assert column_reads(ast.parse("read(self.admitted.chatflow.follow_up_prompts, flow.analytic)"))


def test_the_rules_read_foreign_json_within_bounds() -> None:
    """By ``bounded_json``: what an owner or a file wrote may be nested a thousand levels deep."""
    found = [
        f"{place(path)}:{call.lineno}"
        for path in SOURCES
        if place(path).startswith(RULES) and place(path) not in CHECKS_JSON
        for name, call in calls(path)
        if name in READERS
    ]
    assert found == []


def test_no_engine_writes_chat_messages() -> None:
    """The rows of a turn are made around the run, once for all engines; the store makes them out of its rows."""
    makers = {place(path) for path in SOURCES if constructions(parsed(path), {"ChatMessage"})}
    assert {one for one in makers if one.startswith(("flows/", "ingest/"))} == {"flows/predict/turn.py"}
