"""Writes ``docs/permissions.md`` from the access options of the contract."""

from __future__ import annotations

from typing import Any

from google.api import annotations_pb2
from google.protobuf import descriptor_pb2
from google.protobuf.descriptor import MethodDescriptor
from tradewind_server.rpc.contract import load_contract
from tradewind_server.rpc.methods import Level, permissions_of

HEAD = """# Permissions

What an API key may do. `tradewind keys create NAME --permission chatflows:view` makes a key that may do one thing, repeated
options one that may do several, `--permission 'chatflows:*'` one with all of a group as it stands today; without the option a
key may do everything (`*`). One of the permissions of a call is enough. A key that is assigned to a chatflow (`apikeyid`) may
ask that chatflow whatever its permissions are. `--flow ID` limits a key to calls that name one of its chatflows, and
`--expires 90d` ends it by itself. `tradewind keys list` shows what each key has, `rotate` replaces its text, `revoke` ends one.
A key can make others (`apikeys:create`) that may do no more than itself ([contract](contract.md#s9-11)).

| permission | gRPC | REST |
|---|---|---|
"""
ANYONE = """
## Without a permission

Any valid key, whatever its permissions: {any_key}.
The admin alone, with the admin key or name and password: {admin}.
Anyone where the chatflow has no key, else the holder of that key: {chatflow}.
Anyone: {public}.
"""


def routes_of(descriptor: MethodDescriptor) -> list[str]:
    """The REST routes of a method, as ``GET /api/v1/…``."""
    option: Any = annotations_pb2.http
    # The contract has a pool of its own: its options are read again by those who know routes.
    options = descriptor_pb2.MethodOptions.FromString(descriptor.GetOptions().SerializeToString())
    rule = options.Extensions[option]
    found = []
    for one in (rule, *rule.additional_bindings):
        verb = one.WhichOneof("pattern")
        if verb and verb != "custom":
            found.append(f"{verb.upper()} {getattr(one, verb)}")
    return found


def page() -> str:
    contract = load_contract()
    methods = contract.methods()
    descriptors = {f"/{service.full_name}/{one.name}": one for service in contract.services() for one in service.methods}
    rows = []
    for permission in sorted(permissions_of(methods.values())):
        paths = [path for path, method in methods.items() if permission in method.permissions]
        calls = sorted({f"`{shown(path)}`" for path in paths if not is_door(path)})
        routes = sorted({route for path in paths for route in routes_of(descriptors[path])}, key=by_route)
        shown_routes = ", ".join(f"`{route}`" for route in routes)
        rows.append(f"| `{permission}` | {', '.join(calls) or '–'} | {shown_routes or '–'} |")
    return HEAD + "\n".join(rows) + "\n" + others(methods)


def others(methods: Any) -> str:
    def named(level: Level) -> str:
        free = [path for path, one in methods.items() if one.level is level and not one.permissions and not is_door(path)]
        return ", ".join(f"`{shown(path)}`" for path in sorted(free)) or "none"

    return ANYONE.format(
        any_key=named(Level.KEY), admin=named(Level.ADMIN), chatflow=named(Level.CHATFLOW), public=named(Level.PUBLIC)
    )


def shown(path: str) -> str:
    return path.rpartition(".")[2].replace("/", ".")


def is_door(path: str) -> bool:
    """Whether a service only serves REST."""
    return path.startswith("/tradewind.rest.")


def by_route(route: str) -> tuple[str, str]:
    verb, _, path = route.partition(" ")
    return path, verb
