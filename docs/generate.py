"""Writes the documents that are made from code: ``.env.example``, and of ``docs/`` the pages of settings, nodes,
models, permissions, errors and operations.

``--check`` writes nothing and exits 1 when a file is stale; the tests run it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import errors_page
import models_page
import operations_page
import permissions_page
from pydantic import AliasChoices
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import NodeType
from tradewind_server.flows.nodes.unsupported_nodes import WHY_NOT
from tradewind_server.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent


def env_names(name: str, field: FieldInfo) -> list[str]:
    """The environment names of a setting, ours first."""
    if isinstance(field.validation_alias, AliasChoices):
        return [str(choice) for choice in field.validation_alias.choices]
    return [PREFIX + name.upper()]


def shown_default(field: FieldInfo) -> str:
    """The default as a person writes it; empty where nothing is set."""
    if field.default_factory is not None:
        return "in the user's cache directory"
    value: Any = field.default
    if value in (None, PydanticUndefined, ()):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def settings_page() -> str:
    rows = []
    for name, field in Settings.model_fields.items():
        first, *others = env_names(name, field)
        also = "".join(f", `{other}`" for other in others)
        rows.append(f"| `{first}`{also} | {shown_default(field) or 'unset'} | {field.description} |")
    return (
        "# Settings\n\nRead from the environment and from `.env`; options of the command line win over both. Where several\n"
        "names stand, the first that is set counts. The standard `OTEL_*` variables configure traces.\n\n"
        "Secrets may be kept in files: each of "
        + ", ".join(f"`{names[0]}`" for names in Settings.secret_names().values())
        + " is also read from the\nfile that the same name with `_FILE` behind it names, such as "
        "`TRADEWIND_ADMIN_KEY_FILE=/run/secrets/admin-key`; blanks and line\nends around it are left out. "
        "A value in the environment itself wins.\n\n"
        "| name | default | meaning |\n|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def env_example() -> str:
    lines = ["# Every setting of Tradewind with its default. Copy to .env and uncomment what you change.\n"]
    for name, field in Settings.model_fields.items():
        first, *others = env_names(name, field)
        lines.append(f"# {field.description}" + (f" Also read: {', '.join(others)}." if others else ""))
        default = "" if field.default_factory else shown_default(field)
        lines.append(f"# {first}={default}\n")
    return "\n".join(lines)


NODES_HEAD = """# Nodes

The node types of a chatflow that this server runs, with their inputs as the canvas names them. Inputs *without effect* are
taken, so that drawings which set them run; an input that is not listed is ignored. `{{$vars.name}}` and `{{$flow.chatId}}`
(`sessionId`, `chatflowId`, `apiMessageId`, `chatHistory`) may stand in any input that is typed, `{{question}}`,
`{{chat_history}}` and `{{file_attachment}}` in those marked with *, and wherever the drawing itself says so. Any other node
type is refused by its name when the flow is run; an import says so at once. Sticky notes are left out.
"""


def nodes_page() -> str:
    parts = [NODES_HEAD]
    by_category: dict[str, list[NodeType]] = {}
    for node in builtin_registry().types():
        by_category.setdefault(node.category, []).append(node)
    for category in sorted(by_category):
        parts.append(f"## {category}\n\n| node | label | inputs | without effect | here |\n|---|---|---|---|---|")
        parts += [node_row(node) for node in sorted(by_category[category], key=lambda item: item.name)]
        parts.append("")
    return "\n".join([*parts, not_run()])


def node_row(node: NodeType) -> str:
    used = [f"`{one.name}`" + ("*" if one.asks or one.late else "") for one in node.inputs if not one.has_no_effect]
    ignored = [f"`{one.name}`" for one in node.inputs if one.has_no_effect]
    return f"| `{node.name}` | {node.label} | {', '.join(used) or '–'} | {', '.join(ignored)} | {node.note.rstrip('.')} |"


def not_run() -> str:
    """The types that do not run, by reason."""
    runs = {node.name for node in builtin_registry().types()}
    by_reason: dict[str, list[str]] = {}
    for name, reason in WHY_NOT.items():
        if name not in runs:
            by_reason.setdefault(reason, []).append(f"`{name}`")
    rows = [f"| {', '.join(sorted(names))} | {reason} |" for reason, names in by_reason.items()]
    head = "## Not run\n\nEvery other type of the canvas, those of older canvases too, and why it does not run here.\n"
    return "\n".join([head, "| node | because |", "|---|---|", *rows])


PAGES: dict[str, Callable[[], str]] = {
    "docs/settings.md": settings_page,
    ".env.example": env_example,
    "docs/nodes.md": nodes_page,
    "docs/models.md": models_page.page,
    "docs/operations-by-case.md": operations_page.page,
    "docs/permissions.md": permissions_page.page,
    "docs/errors.md": errors_page.page,
}


def main() -> int:
    check = "--check" in sys.argv[1:]
    stale = []
    for path, make in PAGES.items():
        text = make().rstrip() + "\n"
        target = ROOT / path
        if target.exists() and target.read_text() == text:
            continue
        stale.append(path)
        if not check:
            target.write_text(text)
    if check and stale:
        sys.stderr.write(f"Stale: {', '.join(stale)}. Run `make generate`.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
