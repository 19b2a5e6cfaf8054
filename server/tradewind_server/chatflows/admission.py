"""Who may ask a chatflow."""

from __future__ import annotations

import re

from tradewind_server.access.ports import Principal
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.errors import Reason, Unauthenticated

UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")


class FlowAccess:
    """A chatflow with a key of its own answers the holder of that key; one without answers anyone, or any key."""

    def __init__(self, *, require_key: bool) -> None:
        self._require_key = require_key

    def check_flow(self, principal: Principal, chatflow: Chatflow) -> None:
        """Raises ``Unauthenticated`` when the caller may not ask this chatflow; the admin may ask any."""
        if chatflow.apikeyid:
            if principal.kind != "admin" and principal.key_id != chatflow.apikeyid:
                raise Unauthenticated(
                    Reason.UNAUTHENTICATED,
                    "This chatflow needs its own API key; send it as `Authorization: Bearer <key>`.",
                )
        elif self._require_key and not _belongs(principal, chatflow):
            raise Unauthenticated(
                Reason.UNAUTHENTICATED, "This server needs an API key; send it as `Authorization: Bearer <key>`."
            )

    def check_chat(self, principal: Principal, chatflow: Chatflow, chat_id: str) -> None:
        """Raises ``Unauthenticated`` when a caller who may ask this chatflow may not see what belongs to a chat of it.

        Whoever holds the chatflow's key may. Without one, the id of the chat is what its owner alone knows: it must hold
        a UUID, as those of this server and of the chat widget do. Any other id could be guessed and needs an API key.
        """
        if not chatflow.apikeyid and not UUID.search(chat_id) and not _belongs(principal, chatflow):
            raise Unauthenticated(
                Reason.UNAUTHENTICATED,
                "The id of this chat could be guessed, so its files need an API key; send it as `Authorization: Bearer <key>`.",
            )


def _belongs(principal: Principal, chatflow: Chatflow) -> bool:
    return principal.kind == "admin" or (principal.kind == "key" and principal.workspace_id == chatflow.workspace_id)
