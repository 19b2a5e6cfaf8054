"""Names are nouns and verbs of the field. A participle leaves open what it stands for, and so does a word with two meanings."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from harness.parsed_sources import parsed, walked

SERVER = Path(__file__).parent.parent.parent / "server" / "tradewind_server"
LEFT_OUT = ("rest_stubs", "migrations")
"""Made by a generator; and written once, for a schema that does not change any more."""
SOURCES = sorted(path for path in SERVER.rglob("*.py") if not set(LEFT_OUT) & set(path.relative_to(SERVER).parts))

REGULAR = re.compile(r"[a-z]{2,}ed")
IRREGULAR = frozenset(
    {
        "begun", "broken", "brought", "built", "chosen", "drawn", "found", "given", "gone", "heard", "held", "hidden",
        "kept", "known", "left", "lost", "made", "meant", "said", "seen", "sent", "shown", "shrunk", "sought", "spoken",
        "taken", "told", "torn", "understood", "undone", "unkept", "unseen", "worn", "written",
    }
)  # fmt: skip
NOT_PARTICIPLES = frozenset({"bed", "embed", "feed", "need", "proceed", "seed", "shed", "speed"})
STATES = frozenset(
    {
        "bounded", "cancelled", "closed", "created", "deleted", "embedded", "enabled", "expired", "failed",
        "finished", "locked", "overloaded",
        "queued", "started", "unauthenticated", "unimplemented", "updated",
    }
)  # fmt: skip
"""What asyncio, gRPC, SQL and our own settings call a state. As names of other things they are as vague as the rest."""
PASSES = frozenset({"admitted", "prepared"})
"""Values that say what has been done already: ``Admitted`` and ``PreparedPrediction`` are made in one place, and the
rules take nothing else."""
EXCEPTIONS = {
    ("chatflows/ports.py", "deployed"): "the column of Flowise",
    ("store/tables.py", "deployed"): "the column of Flowise",
    ("store/tables.py", "reserved"): "the column",
    ("ingest/journal.py", "reserved"): "the column",
    ("ingest/ports.py", "added"): "addedDocs of the answer",
    ("files/forms.py", "urlencoded"): "the name of the encoding",
}
SAY_NOTHING = frozenset({"find", "of", "one", "take"})
"""Alone, as methods: what is found, and where it is taken from, is what a reader looks for."""
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def place(path: Path) -> str:
    return str(path.relative_to(SERVER))


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in SOURCES:
        yield place(path), parsed(path)


def names_in(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every name that is bound: of functions, classes, parameters, attributes and variables."""
    for node in walked(tree):
        if isinstance(node, Definition):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and is_self(node.value):
            yield node.attr, node.lineno
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield node.name, node.lineno


def is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def is_participle(name: str) -> bool:
    word = name.strip("_").lower()
    if word in STATES | PASSES | NOT_PARTICIPLES or name.strip("_")[1:] not in (word[1:], word[1:].upper()):
        return False
    return word in IRREGULAR or REGULAR.fullmatch(word) is not None


def test_the_rule_knows_a_participle() -> None:
    vague = ["told", "_given", "Taken", "SHOWN", "masked", "unkept"]
    plain = ["feed", "closed", "Admitted", "run", "ReplacedStore", "filled_stores", "written_by", "bound"]
    assert [name for name in (*vague, *plain) if is_participle(name)] == vague


def test_no_name_is_a_participle() -> None:
    found = []
    for file, tree in trees():
        for name, line in names_in(tree):
            if is_participle(name) and (file, name.strip("_").lower()) not in EXCEPTIONS:
                found.append(f"{file}:{line} {name}")
    assert found == []


def test_each_exception_is_needed() -> None:
    used = {(file, name) for file, tree in trees() for name, _ in names_in(tree)}
    assert [key for key in EXCEPTIONS if key not in used] == []


def test_no_file_is_named_by_a_participle() -> None:
    assert [place(path) for path in SOURCES if is_participle(path.stem)] == []


def test_public_methods_say_what_they_do() -> None:
    found = []
    for file, tree in trees():
        for owner in (node for node in walked(tree) if isinstance(node, ast.ClassDef)):
            methods = (node for node in owner.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
            found += [f"{file}:{node.lineno} {owner.name}.{node.name}" for node in methods if node.name in SAY_NOTHING]
    assert found == []


def test_a_loop_of_several_lines_names_what_it_goes_over() -> None:
    found = []
    for file, tree in trees():
        for node in walked(tree):
            if not isinstance(node, ast.For | ast.AsyncFor) or node.body[-1].end_lineno == node.body[0].lineno:
                continue
            names = {part.id for part in ast.walk(node.target) if isinstance(part, ast.Name)}
            found += [f"{file}:{node.lineno} {name}" for name in sorted(names & SAY_NOTHING)]
    assert found == []


def test_a_class_or_type_has_a_name_of_its_own() -> None:
    """In the whole package, private ones too: who searches for a name finds one thing. Two aliases of one type are one."""
    places: dict[str, list[str]] = defaultdict(list)
    values: dict[str, set[str]] = defaultdict(set)
    for file, tree in trees():
        for node in walked(tree):
            if isinstance(node, ast.ClassDef):
                places[node.name.strip("_")].append(f"{file}:{node.lineno}")
                values[node.name.strip("_")].add(f"{file}:{node.lineno}")
        for statement in tree.body:
            target = statement.targets[0] if isinstance(statement, ast.Assign) else None
            is_variable = isinstance(statement, ast.Assign) and "TypeVar(" in ast.unparse(statement.value)
            if isinstance(target, ast.Name) and re.fullmatch(r"_?[A-Z][a-z]\w*", target.id) and not is_variable:
                places[target.id.strip("_")].append(f"{file}:{statement.lineno}")
                values[target.id.strip("_")].add(ast.unparse(statement))
    assert {name: at for name, at in places.items() if len(values[name]) > 1} == {}
