"""Authenticates callers and enforces the access option of each method (docs/contract.md §3.2)."""

from __future__ import annotations

from tradewind_server.access.authenticator import Authenticator, OutdatedKey
from tradewind_server.access.ports import Principal
from tradewind_server.errors import PermissionDenied, Reason, ResourceExhausted, Unauthenticated
from tradewind_server.rpc.call import Call
from tradewind_server.rpc.interceptors.chain import Admit, Hooks
from tradewind_server.rpc.methods import Level, Method


class Auth:
    """Sets the principal of a call. Public methods ignore credentials. Methods of one chatflow treat wrong credentials as none,
    because SDKs send keys to chatflows that need none; a chatflow with a key refuses the call later. All other methods need
    a key with one of the method's permissions; a key that is limited to some chatflows must name one of them in its request,
    which :func:`~tradewind_server.rpc.interceptors.chain.valid` looks at. Raises ``Unauthenticated``, ``PermissionDenied`` and
    ``ResourceExhausted``."""

    def __init__(self, authenticator: Authenticator) -> None:
        self._authenticator = authenticator

    def hooks(self, method: Method) -> Hooks:
        match method.level:
            case Level.PUBLIC:
                return Hooks()
            case Level.CHATFLOW:
                return Hooks(admit=self._recognise)
            case Level.KEY:
                return Hooks(admit=self._holder_of(method))
            case Level.ADMIN:
                return Hooks(admit=self._admit_admin)

    async def _recognise(self, call: Call) -> None:
        headers = call.headers
        if "authorization" in headers or "x-api-key" in headers:
            try:
                call.principal = await self._authenticator.authenticate(headers, call.address)
            except OutdatedKey as error:
                call.principal = Principal("anonymous", refusal=error.message)
            except (Unauthenticated, ResourceExhausted):
                return

    async def _admit_admin(self, call: Call) -> None:
        principal = call.principal = await self._authenticator.authenticate(call.headers, call.address)
        if principal.kind == "anonymous":
            raise _refusal(principal, ())
        if principal.kind != "admin":
            raise PermissionDenied(Reason.PERMISSION_DENIED, "Only the admin may do this; send the admin key.")

    def _holder_of(self, method: Method) -> Admit:
        permissions, names_chatflow = method.permissions, bool(method.chatflow_field)

        async def admit(call: Call) -> None:
            principal = call.principal = await self._authenticator.authenticate(call.headers, call.address)
            if not principal.may(*permissions):
                raise _refusal(principal, permissions)
            if principal.chatflow_ids and not names_chatflow:
                raise PermissionDenied(
                    Reason.PERMISSION_DENIED,
                    "The API key is limited to some chatflows, and this call is about more than one chatflow.",
                )

        return admit


def _refusal(principal: Principal, permissions: tuple[str, ...]) -> Unauthenticated | PermissionDenied:
    if principal.kind == "anonymous":
        return Unauthenticated(Reason.UNAUTHENTICATED, "This call needs an API key; send it as `Authorization: Bearer <key>`.")
    return PermissionDenied(Reason.PERMISSION_DENIED, f"The API key lacks the permission {' or '.join(permissions)}.")
