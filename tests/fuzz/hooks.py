"""What schemathesis is told about this server: ids of stored entities, so that calls reach more than "not found".

Loaded by schemathesis (``SCHEMATHESIS_HOOKS``), which knows nothing of the packages of the tests.
"""

from __future__ import annotations

import json
import os
import random
from typing import Any

import schemathesis

IDS: dict[str, dict[str, list[str]]] = json.loads(os.environ["TRADEWIND_FUZZ_IDS"])
"""By path of an operation, by parameter of that path: ids that exist."""
MADE_UP = {"DELETE": 0.95}
"""Share of the calls that keep the id that was made up, by verb: what is deleted is there no more for all others."""
MADE_UP_ELSE = 0.25


@schemathesis.hook
def map_path_parameters(ctx: Any, path_parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    """Put stored ids in the place of most of those made up."""
    known = IDS.get(ctx.operation.path, {})
    if not path_parameters or random.random() < MADE_UP.get(ctx.operation.method.upper(), MADE_UP_ELSE):
        return path_parameters
    return {**path_parameters, **{name: random.choice(known[name]) for name in path_parameters if known.get(name)}}
