"""Node types are known by what they say of themselves: their names stand in ``flows/nodes/`` and nowhere else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.unsupported_nodes import WHY_NOT

from harness.parsed_sources import parsed, walked

SERVER = Path(__file__).parent.parent.parent / "server" / "tradewind_server"
HOME = "flows/nodes/"
SAME_WORD = {
    "app.py": {"qdrant"},
    "chatflows/config.py": {"customFunction"},
    "cli/doctor.py": {"qdrant"},
    "supervisor/stack.py": {"qdrant", "worker"},
    "vectors/": {"qdrant"},
    "rpc/interceptors/limits.py": {"worker"},
    "flows/sql_port.py": {"postgres"},
    "sql_sources/postgres.py": {"postgres"},
    "analytics/reporter.py": {"langFuse", "langSmith"},
    "flows/predict/analytics.py": {"langFuse", "langSmith"},
    "observability/steps.py": {"qdrant"},
    "models/": {"ollama", "cohere", "fireworks", "replicate", "sambanova"},
    "flows/agentflow/": {"documentStore"},
    "store/migrations/versions/0003_tables_for_the_journal_of_upserts.py": {"faiss"},
}
"""Words that are a node's name by chance: the process of the vector database and a worker of ours; a key of
``chatbotConfig``; keys of ``analytic``; a word of traces; a dialect of SQL; providers of models and their dialects; a key
in the settings of agents; the prefix of collections that a migration of old rows looks for."""


def named(tree: ast.AST, names: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Lines and literals of a tree that are a name of a node type."""
    for node in walked(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in names:
            yield node.lineno, node.value


def is_excused(place: str, name: str) -> bool:
    return any(place.startswith(start) and name in words for start, words in SAME_WORD.items())


def test_no_file_but_those_of_the_nodes_names_a_node_type() -> None:
    """What a node can do is a field of its ``NodeType``; of types that do not run here, ``unsupported_nodes.py`` says it."""
    names = frozenset({*(one.name for one in builtin_registry().types()), *WHY_NOT})
    found, used = [], set()
    for path in sorted(SERVER.rglob("*.py")):
        place = str(path.relative_to(SERVER))
        if place.startswith(HOME):
            continue
        for line, name in named(parsed(path), names):
            if is_excused(place, name):
                used.update((start, name) for start in SAME_WORD if place.startswith(start))
            else:
                found.append(f"{place}:{line} {name}")
    assert found == []
    assert {(start, name) for start, words in SAME_WORD.items() for name in words} <= used, "an excuse that nobody needs"


def test_a_list_of_names_would_be_found() -> None:
    source = 'STREAMS = frozenset({"toolAgent"})\nif node.name == "llmChain":\n    pass\n"""toolAgent and others"""'
    assert list(named(ast.parse(source), frozenset({"toolAgent", "llmChain"}))) == [(2, "llmChain"), (1, "toolAgent")]
