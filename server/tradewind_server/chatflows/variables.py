"""The variables of a workspace, which chatflows read as ``$vars`` (docs/contract.md §9.7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from tradewind_server.chatflows.ids import UUID
from tradewind_server.errors import Conflict, FailedPrecondition, InvalidInput, NotFound, Reason

VARIABLE_TYPES = STATIC, RUNTIME = ("static", "runtime")
OLD_SPELLINGS = {"string": STATIC}
"""Flowise's own default for the type, which its published reference prints."""
LONGEST_NAME = 255
LONGEST_VALUE = 65_536
MOST_VARIABLES = 1000
"""Variables of one workspace: a question reads all of them."""
OPENED_BY = "TRADEWIND_RUNTIME_VARIABLES"
PROTECTED_NAMES = re.compile(
    r"\A(?:(?:TRADEWIND|FLOWISE|AWS)_|(?:HF|HUGGING_?FACE(?:HUB)?)_.*TOKEN\Z|AZURE_.*(?:KEY|TOKEN|SECRET)\Z"
    r"|GOOGLE_APPLICATION_CREDENTIALS\Z|.*(?:API_?(?:KEY|TOKEN)S?|ACCESS_KEY(?:_ID)?)\Z|HF_TOKEN\Z)",
    re.IGNORECASE | re.DOTALL,
)
"""Names that no chatflow reads, whatever the operator lists: settings of this server and keys of providers."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One stored variable.

    The value of a ``static`` one is ``value``; that of a ``runtime`` one stands in the server's environment under ``name``,
    and ``value`` is not read.
    """

    id: str
    name: str
    value: str | None
    type: str
    created_date: datetime
    updated_date: datetime


class Variables(Protocol):
    """The variables as chatflows read and imports write them. Each method is scoped to one workspace."""

    async def values(self, workspace_id: str) -> Mapping[str, str]:
        """The variables that have a value, by name; of ``runtime`` ones that of the environment.

        The answer may be up to a quarter of a second old.
        """
        ...

    async def put(self, workspace_id: str, variables: Sequence[Variable]) -> None:
        """Store all variables or none. A variable whose name exists keeps its id and creation date."""
        ...


class StoredVariables(Variables, Protocol):
    """The whole repository of variables. Each method is scoped to one workspace."""

    async def list(self, workspace_id: str, offset: int = 0, limit: int | None = None) -> tuple[list[Variable], int]:
        """Variables, the latest change first, and how many there are in all. Bounded by the repository."""
        ...

    async def get(self, workspace_id: str, variable_id: str) -> Variable | None: ...

    async def by_name(self, workspace_id: str, name: str) -> Variable | None: ...

    async def create(self, workspace_id: str, variable: Variable) -> bool:
        """Store a variable. False, and nothing is stored, where its name is taken."""
        ...

    async def replace(self, workspace_id: str, variable: Variable) -> bool:
        """Store the fields of a variable by its id. False, and nothing changes, where it is gone or the name is taken."""
        ...

    async def delete(self, workspace_id: str, variable_id: str) -> int:
        """Delete a variable; how many there were."""
        ...


def open_names_of(names: Iterable[str], own: Collection[str] = ()) -> frozenset[str]:
    """The names that runtime variables may read: ``names`` of the operator, without ``PROTECTED_NAMES`` and without ``own``,
    the names in capitals that this server reads its settings from."""
    return frozenset(name for name in names if name.upper() not in own and not PROTECTED_NAMES.match(name))


def opened_environment(names: Collection[str], environment: Mapping[str, str]) -> Mapping[str, str]:
    """The part of the environment that runtime variables read."""
    return {name: environment[name] for name in names if name in environment}


def not_opened(name: str) -> str:
    """What is said of a runtime variable whose name is not opened."""
    return (
        f"The runtime variable {name} may not read the server's environment: the operator opens names with {OPENED_BY}, "
        "settings of the server and keys of providers never."
    )


def not_found(variable_id: str) -> NotFound:
    """What is said of a variable that is not there, or that is another workspace's."""
    return NotFound(Reason.VARIABLE_NOT_FOUND, f"Variable {variable_id} not found")


class VariableService:
    """The variables of a workspace. One of another workspace is ``NotFound(VARIABLE_NOT_FOUND)``, like a missing one."""

    def __init__(
        self,
        variables: StoredVariables,
        open_names: Collection[str],
        *,
        new_id: Callable[[], str],
        now: Callable[[], datetime],
    ) -> None:
        """``open_names`` are the names of the environment that runtime variables may have."""
        self._variables = variables
        self._open_names = open_names
        self._new_id = new_id
        self._now = now

    async def list(self, workspace_id: str, offset: int = 0, limit: int | None = None) -> tuple[list[Variable], int]:
        return await self._variables.list(workspace_id, offset, limit)

    async def create(self, workspace_id: str, fields: Mapping[str, Any]) -> Variable:
        """Store a new variable of ``name``, ``value`` and ``type``; other fields are ignored.

        Raises ``InvalidInput``, ``Conflict(ALREADY_EXISTS)`` for a name that is taken, and ``FailedPrecondition`` where the
        workspace has ``MOST_VARIABLES``.
        """
        if fields.get("name") is None:
            raise _invalid("name is missing; send the name that drawings use.")
        now = self._now()
        variable = self._check(Variable(self._new_id(), "", None, STATIC, now, now), fields)
        _, count = await self._variables.list(workspace_id, limit=1)
        if count >= MOST_VARIABLES:
            raise FailedPrecondition(
                Reason.INVALID_ARGUMENT, f"A workspace has at most {MOST_VARIABLES} variables; delete one first."
            )
        if not await self._variables.create(workspace_id, variable):
            raise _name_conflict(variable.name)
        return variable

    async def update(self, workspace_id: str, variable_id: str, fields: Mapping[str, Any]) -> Variable:
        """Change the fields in ``fields`` and leave the others; None empties the value and leaves name and type.

        Raises ``NotFound``, ``InvalidInput`` and ``Conflict(ALREADY_EXISTS)``.
        """
        variable = await self._variables.get(workspace_id, check_variable_id(variable_id))
        if variable is None:
            raise not_found(variable_id)
        return await self._replace(workspace_id, variable, fields)

    async def set(self, workspace_id: str, name: str, value: str | None, type_: str) -> Variable:
        """Give the variable of this name a value, or store a new one. Raises as :meth:`create` does."""
        variable = await self._variables.by_name(workspace_id, name)
        fields = {"name": name, "value": value, "type": type_}
        return await (self.create(workspace_id, fields) if variable is None else self._replace(workspace_id, variable, fields))

    async def delete(self, workspace_id: str, variable_id: str) -> int:
        """Delete a variable; 0 where there is none."""
        return await self._variables.delete(workspace_id, check_variable_id(variable_id))

    async def delete_named(self, workspace_id: str, name: str) -> int:
        """Delete the variable of a name; 0 where there is none."""
        variable = await self._variables.by_name(workspace_id, name)
        return 0 if variable is None else await self._variables.delete(workspace_id, variable.id)

    async def _replace(self, workspace_id: str, variable: Variable, fields: Mapping[str, Any]) -> Variable:
        result = self._check(variable, fields)
        if await self._variables.replace(workspace_id, result):
            return result
        if await self._variables.get(workspace_id, variable.id) is None:
            raise not_found(variable.id)
        raise _name_conflict(result.name)

    def _check(self, variable: Variable, fields: Mapping[str, Any]) -> Variable:
        """A variable with the fields in it, and with the present time. Raises ``InvalidInput`` naming the field."""
        name, type_ = fields.get("name"), fields.get("type")
        result = Variable(
            variable.id,
            variable.name if name is None else check_name(name),
            check_value(fields["value"]) if "value" in fields else variable.value,
            variable.type if type_ is None else check_type(type_),
            variable.created_date,
            self._now(),
        )
        if result.type == RUNTIME and result.name not in self._open_names:
            raise _invalid(not_opened(result.name))
        return result


def check_variable_id(variable_id: str) -> str:
    """The id in lower case. Raises ``InvalidInput`` for a text that is not a UUID."""
    if not UUID.fullmatch(variable_id):
        raise _invalid("The id of a variable must be a UUID.")
    return variable_id.lower()


def check_name(name: Any) -> str:
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
        raise _invalid(f"name must be a text of 1 to {LONGEST_NAME} characters.")
    return name


def check_value(value: Any) -> str | None:
    if value is not None and (not isinstance(value, str) or len(value) > LONGEST_VALUE):
        raise _invalid(f"value must be a text of at most {LONGEST_VALUE} characters, or null.")
    return value


def check_type(type_: Any) -> str:
    kind = OLD_SPELLINGS.get(type_, type_) if isinstance(type_, str) else None
    if kind not in VARIABLE_TYPES:
        raise _invalid(f"type must be {' or '.join(VARIABLE_TYPES)}.")
    return str(kind)


def _name_conflict(name: str) -> Conflict:
    return Conflict(Reason.ALREADY_EXISTS, f"There is a variable {name} already; change that one, or take another name.")


def _invalid(sentence: str) -> InvalidInput:
    return InvalidInput(Reason.INVALID_ARGUMENT, sentence)
