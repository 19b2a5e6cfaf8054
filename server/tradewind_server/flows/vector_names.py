"""Names of a caller that become names in a store: collections, namespaces of record managers. Checked here, nowhere else.

A Qdrant server makes a folder of a collection's name without looking at it: ``.`` and ``..`` lead to the folder of all
collections, and a name that no file system takes stops the consensus of a cluster, which does not start again.
"""

from __future__ import annotations

import re
import unicodedata

from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.vector_ports import CollectionSpec

MOST_BYTES = 255
"""The longest name of a file, in bytes of UTF-8."""
SEPARATORS = frozenset('<>:"/\\|?*')
CONTROLS = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode categories: control characters, halves of surrogate pairs, separators of lines and paragraphs."""
SCOPE_PREFIX = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}__", re.IGNORECASE)


def name_fault(name: str, *, before: int = 0, as_file: bool = True) -> str | None:
    """What a store could not take in this name, as the end of a sentence; None where it can take all.

    ``before`` are bytes that stand before it in the store. ``as_file`` False allows separators, for names that never are the
    name of a file.
    """
    if not name:
        return "it is empty"
    if name in (".", ".."):
        return f"{name} is the name of a folder"
    if (size := len(name.encode("utf-8", "surrogatepass"))) > MOST_BYTES - before:
        return f"it has {size} bytes in UTF-8, and {MOST_BYTES - before} are the most"
    if any(unicodedata.category(char) in CONTROLS for char in name):
        return "it holds a control character"
    if as_file and SEPARATORS & set(name):
        return f"it holds one of {' '.join(sorted(SEPARATORS))}"
    return None


def collection_fault(spec: CollectionSpec) -> str | None:
    """What is wrong with the name of a collection where it will stand, as the end of a sentence."""
    prefix = _prefix(spec)
    fault = name_fault(spec.name, before=len(prefix.encode()))
    if fault is None and spec.url is None and SCOPE_PREFIX.match(spec.name):
        return "it starts with the id of a workspace"
    return fault


def stored_name(spec: CollectionSpec) -> str:
    """The name of a collection in its Qdrant: in our own, other workspaces than the default one prefix their id.

    Raises ``InvalidInput(NODE_INPUT_INVALID)``; nodes ask for the fault before, and name themselves.
    """
    fault = collection_fault(spec)
    if fault is not None:
        raise InvalidInput(
            Reason.NODE_INPUT_INVALID,
            f"The Qdrant collection name cannot be used: {fault}; change it in the node.",
        )
    return _prefix(spec) + spec.name


def _prefix(spec: CollectionSpec) -> str:
    return "" if spec.url is not None or spec.workspace_id == DEFAULT_WORKSPACE else f"{spec.workspace_id}__"
