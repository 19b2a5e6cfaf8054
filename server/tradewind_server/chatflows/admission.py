"""Who is let in to a chatflow: asked once for each call, here and nowhere else.

The rules take an ``Admitted`` (or, of what anyone may look at, a ``PublicView``) where they would otherwise take an id, so a
method that forgets to ask does not pass the type checker. Only this file makes them; a test looks for others.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tradewind_server.access.ports import Principal
from tradewind_server.access.rate_limits import RateLimits
from tradewind_server.chatflows.config import ChatflowConfig, ConfigCache
from tradewind_server.chatflows.ids import UUID, check_id, not_found
from tradewind_server.chatflows.ports import Chatflow, Chatflows
from tradewind_server.chatflows.versions import AnsweringVersions, VersionSearch, split_reference
from tradewind_server.errors import PermissionDenied, Reason, Unauthenticated

HasKey = Callable[[str, str], Awaitable[bool]]
"""Answers whether a workspace has an API key of this id. The answer may be a second old."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, and from where. ``origin`` is the web page a call comes from, None for a call from no page."""

    principal: Principal
    origin: str | None
    address: str


@dataclass(frozen=True, slots=True)
class Admitted:
    """A call that its chatflow lets in."""

    chatflow: Chatflow
    """As the version has it that answers this call."""
    config: ChatflowConfig
    """Of that version, with the rules of access as they are now."""
    principal: Principal
    origin: str | None = None
    address: str = ""
    """Empty for a call that comes from inside the server."""


@dataclass(frozen=True, slots=True)
class PublicView:
    """A chatflow for a page that asks how it looks, without a key. It opens nothing that an ``Admitted`` does."""

    chatflow: Chatflow
    config: ChatflowConfig


class Admission:
    """A chatflow with a key of its own answers the holder of that key; one without answers anyone, or any key.

    Callers may name a version behind the id, ``{id}@{number}`` or ``{id}@{label}``. Whichever version answers, key, pages and
    rate limit are those of the chatflow as it is now, and are asked for before the version.
    """

    def __init__(
        self,
        chatflows: Chatflows,
        rate_limits: RateLimits,
        versions: VersionSearch,
        *,
        require_key: bool,
        has_key: HasKey | None = None,
    ) -> None:
        """``require_key``: chatflows without a key of their own answer only callers of their workspace. ``has_key`` tells
        whether the key of a chatflow that refuses a call is still there."""
        self._chatflows = chatflows
        self._versions = AnsweringVersions(versions)
        self._rate_limits = rate_limits
        self._configs = ConfigCache()
        self._require_key = require_key
        self._has_key = has_key

    async def admit(self, chatflow_id: str, caller: Caller, *, counts: bool = True, version: str | None = None) -> Admitted:
        """Let a call in. ``counts`` is False for calls that run nothing and have no share of the rate limit: downloads, aborts.
        ``version`` is a number or a label, for doors where it does not stand behind the id.

        Raises ``InvalidInput(INVALID_CHATFLOW_ID)``, ``NotFound(CHATFLOW_NOT_FOUND)``, ``Unauthenticated``,
        ``PermissionDenied(ORIGIN_NOT_ALLOWED)``, ``ResourceExhausted(RATE_LIMITED)`` or ``NotFound(VERSION_NOT_FOUND)``, the
        first that holds.
        """
        chatflow_id, name = split_reference(chatflow_id)
        chatflow = await self._existing(chatflow_id)
        await self._check_key(caller.principal, chatflow)
        config = self._configs.config(chatflow)
        config.origins.check(caller.origin)
        if counts:  # Last: who is refused by key or page does not use up the share of an address that others have too.
            await self._rate_limits.check(config.rate_limit, chatflow.workspace_id, chatflow.id, caller.address)
        if chatflow.live_number is None and name is None and version is None:
            return Admitted(chatflow, config, caller.principal, caller.origin, caller.address)
        answering, config = await self._answering(chatflow, config, version or name)
        return Admitted(answering, config, caller.principal, caller.origin, caller.address)

    async def admit_within(self, workspace_id: str, chatflow_id: str) -> Admitted:
        """Let one chatflow ask another of its workspace, as its owner drew it.

        Whoever drew it owns both: the other's key, its pages and its rate limit guard it against callers from outside, who were
        asked at the first one. Raises ``InvalidInput(INVALID_CHATFLOW_ID)`` or ``NotFound``.
        """
        chatflow_id, name = split_reference(chatflow_id)
        chatflow = await self._chatflows.get(workspace_id, check_id(chatflow_id))
        if chatflow is None:
            raise not_found(chatflow_id)
        answering, config = await self._answering(chatflow, self._configs.config(chatflow), name)
        owner = Principal("admin", workspace_id, permissions=frozenset({"*"}))
        return Admitted(answering, config, owner)

    async def view(self, chatflow_id: str, origin: str | None, version: str | None = None) -> PublicView:
        """What a page of ``origin`` may know of a chatflow: no key is asked for.

        Raises ``InvalidInput(INVALID_CHATFLOW_ID)``, ``NotFound`` or ``PermissionDenied(ORIGIN_NOT_ALLOWED)``.
        """
        chatflow_id, name = split_reference(chatflow_id)
        chatflow = await self._existing(chatflow_id)
        config = self._configs.config(chatflow)
        config.origins.check(origin)
        return PublicView(*await self._answering(chatflow, config, version or name))

    async def _answering(self, newest: Chatflow, config: ChatflowConfig, name: str | None) -> tuple[Chatflow, ChatflowConfig]:
        """The chatflow as the version has it that answers, with its configuration. ``config`` is that of the newest."""
        chatflow = await self._versions.choose(newest, name)
        return chatflow, config if chatflow is newest else self._configs.former(chatflow, config)

    async def _existing(self, chatflow_id: str) -> Chatflow:
        """The chatflow of that id, whoever owns it: a public call knows no more."""
        chatflow = await self._chatflows.get_by_id(check_id(chatflow_id))
        if chatflow is None:
            raise not_found(chatflow_id)
        return chatflow

    async def _check_key(self, principal: Principal, chatflow: Chatflow) -> None:
        if chatflow.apikeyid:
            if principal.kind != "admin" and principal.key_id != chatflow.apikeyid:
                raise await self._refusal(principal, chatflow.workspace_id, chatflow.apikeyid)
        elif self._require_key and not _belongs(principal, chatflow):
            raise Unauthenticated(
                Reason.UNAUTHENTICATED,
                principal.refusal or "This server needs an API key; send it as `Authorization: Bearer <key>`.",
            )
        if not principal.may_ask(chatflow.id):
            raise PermissionDenied(Reason.PERMISSION_DENIED, "The API key is not for this chatflow; it is limited to others.")

    async def _refusal(self, principal: Principal, workspace_id: str, key_id: str) -> Unauthenticated:
        sentence = "This chatflow needs its own API key; send it as `Authorization: Bearer <key>`."
        if principal.refusal:
            sentence = principal.refusal
        elif self._has_key is not None and not await self._has_key(workspace_id, key_id):
            sentence = "The API key of this chatflow was deleted, so it answers nobody; its owner must assign another key."
        return Unauthenticated(Reason.UNAUTHENTICATED, sentence)


def check_chat(admitted: Admitted, chat_id: str) -> None:
    """Raises ``Unauthenticated`` when a caller who may ask this chatflow may not see what belongs to a chat of it.

    Whoever holds the chatflow's key may. Without one, the id of the chat is what its owner alone knows: it must hold
    a UUID, as those of this server and of the chat widget do. Any other id could be guessed and needs an API key.
    """
    chatflow = admitted.chatflow
    if not chatflow.apikeyid and not UUID.search(chat_id) and not _belongs(admitted.principal, chatflow):
        raise Unauthenticated(
            Reason.UNAUTHENTICATED,
            "The id of this chat could be guessed, so its files need an API key; send it as `Authorization: Bearer <key>`.",
        )


def _belongs(principal: Principal, chatflow: Chatflow) -> bool:
    return principal.kind == "admin" or (principal.kind == "key" and principal.workspace_id == chatflow.workspace_id)
