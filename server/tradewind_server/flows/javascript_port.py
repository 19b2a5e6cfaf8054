"""The port of what runs JavaScript that a chatflow's owner wrote. The adapter decides how it is held; rules only ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from tradewind_server.errors import InvalidInput, Reason


@dataclass(frozen=True, slots=True)
class Script:
    """One call of a function: the body of an async function, and what stands around it.

    ``values`` become globals (``$input``, ``$vars``, ``$flow``, ``$name``): JSON values by name. ``label`` names the function
    in errors: "The tool get_weather". ``absent`` are names of globals without a value (``undefined``).
    """

    label: str
    code: str = field(repr=False)
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    absent: Sequence[str] = ()


class JavaScript(Protocol):
    """Runs functions of chatflows, each in a context of its own that nothing of another call reaches.

    Raises ``FailedPrecondition(JAVASCRIPT_FAILED)`` with what the function threw, or with the bound that it ran into;
    ``ResourceExhausted(TOO_MANY_CALLS)`` and ``Unavailable(SERVER_UNAVAILABLE)``. A cancelled caller ends the function.
    """

    def check(self, label: str) -> None:
        """Raises ``InvalidInput(JAVASCRIPT_OFF)`` naming what would not run, where none does."""
        ...

    async def run(self, script: Script) -> Any:
        """What the function returns, as a JSON value; None for nothing."""
        ...


class JavaScriptOff:
    """The port where no JavaScript runs. ``why`` is a clause that says what the operator would change."""

    def __init__(self, why: str = "the operator has not switched it on (TRADEWIND_JAVASCRIPT=on)") -> None:
        self._why = why

    def check(self, label: str) -> None:
        raise InvalidInput(Reason.JAVASCRIPT_OFF, f"{label} holds JavaScript, which does not run here: {self._why}.")

    async def run(self, script: Script) -> Any:
        self.check(script.label)


class JavaScriptElsewhere:
    """The port in commands that say what a server with a sandbox would run, and run nothing themselves."""

    def check(self, label: str) -> None:
        return None

    async def run(self, script: Script) -> Any:
        raise InvalidInput(Reason.JAVASCRIPT_OFF, f"{script.label} is not run by this command.")
