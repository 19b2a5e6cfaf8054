"""Qdrant's gRPC messages and stubs as qdrant-client ships them, without the rest of qdrant-client.

``import qdrant_client`` brings its REST models, numpy and an HTTP client along: 60 MB and more than half a second in each
process. The generated files stand by themselves, so their folder is loaded as a package of its own, in a few milliseconds.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

PACKAGE = "tradewind_server.vectors.qdrant_messages"


def _load() -> ModuleType:
    module_spec = importlib.util.find_spec("qdrant_client")  # Looks it up, does not import it.
    if module_spec is None or not module_spec.submodule_search_locations:
        raise ModuleNotFoundError("qdrant-client is not installed; reinstall tradewind.")
    folder = Path(module_spec.submodule_search_locations[0]) / "grpc"
    spec = importlib.util.spec_from_file_location(PACKAGE, folder / "__init__.py", submodule_search_locations=[str(folder)])
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError("qdrant-client has no gRPC messages here; reinstall it.")
    package = importlib.util.module_from_spec(spec)
    sys.modules[PACKAGE] = package  # The files import one another by this name.
    spec.loader.exec_module(package)
    return package


if TYPE_CHECKING:
    from qdrant_client import grpc as q
else:
    q = _load()

__all__ = ["q"]
