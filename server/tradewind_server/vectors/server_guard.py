"""Where Qdrant servers lie that drawings and document stores name: in the public internet, or where the operator opened it."""

from __future__ import annotations

from tradewind_server.errors import InvalidInput, Reason, Unavailable
from tradewind_server.outbound.destinations import Destinations
from tradewind_server.outbound.guarded_sessions import GuardedNames, Lookup
from tradewind_server.vectors.address import QdrantAddress


class ServerGuard:
    """Pins a named server to the addresses it has now. ``own`` is our own Qdrant, which nobody reaches under another name.

    There names of collections belong to workspaces; a server that a drawing names is the drawing's own.
    """

    def __init__(self, destinations: Destinations, own: QdrantAddress, look_up: Lookup | None = None) -> None:
        self._names = GuardedNames(destinations, look_up)
        self._own = own

    async def target(self, address: QdrantAddress) -> str:
        """What a gRPC channel to this server is opened to.

        Raises ``InvalidInput(OUTBOUND_REFUSED)`` for private addresses that the operator has not opened, and for our own
        Qdrant; ``Unavailable(VECTOR_STORE_UNAVAILABLE)`` for a name that is not known.
        """
        try:
            addresses = await self._names.addresses(address.host, address.port)
            own = await self._own_addresses(address.port)
        except OSError:  # A time-out is one.
            addresses, own = [], set()
        if not addresses:
            raise Unavailable(
                Reason.VECTOR_STORE_UNAVAILABLE, f"The Qdrant server {address.host} is not known; check the URL in the node."
            )
        if not own.isdisjoint(addresses):
            raise InvalidInput(
                Reason.OUTBOUND_REFUSED,
                f"{address.host} is this server's own Qdrant; leave the URL in the node empty to use it.",
            )
        family = "ipv6" if ":" in addresses[0] else "ipv4"
        same = [one for one in addresses if (":" in one) == (":" in addresses[0])]
        return f"{family}:" + ",".join(f"[{one}]:{address.port}" if ":" in one else f"{one}:{address.port}" for one in same)

    async def _own_addresses(self, port: int) -> set[str]:
        if self._own.port != port or self._own.host.startswith("unix:"):
            return set()
        return set(await self._names.all_addresses(self._own.host, port))
