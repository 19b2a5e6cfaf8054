"""What a node is that stands for several tools."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from tradewind_server.flows.components import Tool


@runtime_checkable
class Toolkit(Protocol):
    """A node that stands for several tools."""

    @property
    def tools(self) -> Sequence[Tool]: ...
