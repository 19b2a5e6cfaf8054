"""Chatflows for those who do not own them: the public page of one, and those that an API key opens (docs/contract.md §9.9).

What they are shown holds no secret, no id of a credential, and nothing of how the owner runs the chatflow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import orjson

from tradewind_server.access.ports import DEFAULT_WORKSPACE, Principal
from tradewind_server.chatflows.admission import Admitted
from tradewind_server.chatflows.config import read_config
from tradewind_server.chatflows.ids import not_found
from tradewind_server.chatflows.ports import Chatflow, Chatflows, Drawings
from tradewind_server.errors import PermissionDenied, Reason, Unauthenticated

VIEW = ("chatflows:view", "chatflows:update")
PRIVATE = frozenset({"allowedOrigins", "allowedOriginsError", "postProcessing"})
"""Parts of ``chatbotConfig`` that a page does not need."""


class PublishedChatflows:
    """Shows chatflows without their secrets."""

    def __init__(self, chatflows: Chatflows, drawings: Drawings) -> None:
        self._chatflows = chatflows
        self._drawings = drawings

    def page(self, admitted: Admitted) -> Chatflow:
        """The chatflow of a public page: for anyone where its owner shares it, else for holders of a key of its workspace.

        Raises ``Unauthenticated``, ``PermissionDenied``, or ``NotFound`` for a key of another workspace.
        """
        if not admitted.chatflow.is_public:
            _check_viewer(admitted)
        return self._public_form(admitted.chatflow)

    async def of_key(self, holder: Principal) -> Sequence[Chatflow]:
        """The chatflows that ask for the key of ``holder``, by name. The admin's key is bound to none."""
        if holder.key_id is None:
            return []
        rows = await self._chatflows.of_key(holder.workspace_id or DEFAULT_WORKSPACE, holder.key_id)
        return [self._public_form(chatflow) for chatflow in rows if holder.may_ask(chatflow.id)]

    def _public_form(self, chatflow: Chatflow) -> Chatflow:
        chatbot = {name: value for name, value in read_config(chatflow).chatbot.items() if name not in PRIVATE}
        return replace(
            chatflow,
            flow_data=self._drawings.without_secrets(chatflow.flow_data),
            chatbot_config=orjson.dumps(chatbot).decode() if chatbot else None,
            # These name credentials, tokens and limits: they are the owner's alone.
            api_config=None,
            analytic=None,
            speech_to_text=None,
            text_to_speech=None,
            follow_up_prompts=None,
            mcp_server_config=None,
        )


def _check_viewer(admitted: Admitted) -> None:
    principal = admitted.principal
    if principal.kind == "anonymous":
        raise Unauthenticated(
            Reason.UNAUTHENTICATED, "This chatflow is not public; send an API key as `Authorization: Bearer <key>`."
        )
    if principal.kind == "key" and principal.workspace_id != admitted.chatflow.workspace_id:
        raise not_found(admitted.chatflow.id)
    if not principal.may(*VIEW):
        raise PermissionDenied(Reason.PERMISSION_DENIED, f"The API key lacks the permission {' or '.join(VIEW)}.")
