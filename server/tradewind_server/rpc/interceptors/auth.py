"""Finds out who calls, and holds them to what the contract declares for the method."""

from __future__ import annotations

from tradewind_server.access.authenticator import Authenticator
from tradewind_server.errors import PermissionDenied, Reason, ResourceExhausted, Unauthenticated
from tradewind_server.rpc.call import Call
from tradewind_server.rpc.interceptors.chain import Admit, Hooks
from tradewind_server.rpc.methods import Level, Method


class Auth:
    """Public methods look at no credentials. Methods of one chatflow take wrong ones for none: SDKs send keys to flows
    that need none, and the flow itself refuses where it has a key. All other methods need a valid key."""

    def __init__(self, authenticator: Authenticator) -> None:
        self._authenticator = authenticator

    def hooks(self, method: Method) -> Hooks:
        match method.level:
            case Level.PUBLIC:
                return Hooks()
            case Level.CHATFLOW:
                return Hooks(admit=self._recognise)
            case Level.KEY:
                return Hooks(admit=self._holder_of(method.permissions))

    async def _recognise(self, call: Call) -> None:
        headers = call.headers
        if "authorization" in headers or "x-api-key" in headers:
            try:
                call.principal = await self._authenticator.authenticate(headers, call.address)
            except (Unauthenticated, ResourceExhausted):
                return

    def _holder_of(self, permissions: tuple[str, ...]) -> Admit:
        async def admit(call: Call) -> None:
            call.principal = await self._authenticator.authenticate(call.headers, call.address)
            if call.principal.may(*permissions):
                return
            if call.principal.kind == "anonymous":
                raise Unauthenticated(
                    Reason.UNAUTHENTICATED, "This call needs an API key; send it as `Authorization: Bearer <key>`."
                )
            needed = " or ".join(permissions)
            raise PermissionDenied(Reason.PERMISSION_DENIED, f"The API key lacks the permission {needed}.")

        return admit
