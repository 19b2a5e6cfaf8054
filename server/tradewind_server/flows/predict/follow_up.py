"""Suggested next questions: one more call to a model of the owner's choice, behind the answer (docs/contract.md §4.5)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from tradewind_server.caching import VersionCache
from tradewind_server.chatflows.admission import Admitted
from tradewind_server.chatflows.config import ProviderChoice
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.errors import TradewindError
from tradewind_server.flows.components import ChatModelHandle, ParseFailure
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.llm.context_window import ask_shaped
from tradewind_server.flows.llm.output_schema import Schema, read_in, read_patiently
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs, NodeType
from tradewind_server.flows.ports import Message

DEFAULT_PROMPT = (
    "Below is the answer that a person just got in a chat. Suggest the three questions that this person is most likely to "
    "ask next, in the language of the answer.\n\n{history}"
)
FORM = 'Answer with a JSON object of the form {"questions": ["…", "…", "…"]} and nothing else.'
QUESTIONS = Schema("object", fields={"questions": Schema("array", item=Schema("string"))})
TEXT_ARRAY = Schema("array", item=Schema("any"))
MOST_QUESTIONS = 10
SECONDS = 30.0
MOST_KEPT = 256
"""Chatflows with follow-up questions that are kept ready."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Asks for the next questions. ``prompt`` holds ``{history}``, which stands for the answer alone."""

    model: ChatModelHandle
    prompt: str
    seconds: float = SECONDS

    async def suggest(self, answer: str) -> str | None:
        """A JSON text of a list of questions; None where there are none. A failure here never costs the answer."""
        prompt = self.prompt.replace("{history}", answer)
        try:
            async with asyncio.timeout(self.seconds):
                reply = await ask_shaped(self.model, [Message("user", f"{prompt}\n\n{FORM}")], QUESTIONS.schema())
            questions = await read_patiently(reply, _questions)
        except (TradewindError, TimeoutError, ParseFailure):
            return None
        return orjson.dumps(questions).decode() if questions else None


def _questions(reply: str) -> list[str]:
    """The questions of an answer; some models leave the object around the list out."""
    try:
        questions = read_in(reply, QUESTIONS)["questions"]
    except ParseFailure:
        questions = read_in(reply, TEXT_ARRAY)
    return [one.strip() for one in questions if isinstance(one, str) and one.strip()][:MOST_QUESTIONS]


class FollowUps:
    """Makes what asks for the next questions, once for each version of a chatflow."""

    def __init__(self, registry: Registry, context_of: Callable[[Chatflow], BuildContext]) -> None:
        self._registry = registry
        self._context_of = context_of
        self._cache: VersionCache[FollowUp] = VersionCache(MOST_KEPT)

    def follow_up(self, admitted: Admitted) -> FollowUp | None:
        """None where the owner wants none, or where it cannot be asked for."""
        choice, chatflow = admitted.config.follow_up, admitted.chatflow
        if choice is None:
            return None
        entry = self._cache.get(chatflow.cache_key)
        result = entry or follow_up_of(choice, self._registry, self._context_of(chatflow))
        return result if result is None or entry else self._cache.put(chatflow.cache_key, result)


def follow_up_of(choice: ProviderChoice, registry: Registry, context: BuildContext) -> FollowUp | None:
    """What a chatflow's ``followUpPrompts`` asks for; None where it is off, damaged, or of a provider not run here."""
    node_type = registry.follow_up(choice.name)
    if node_type is None:
        return None
    config = choice.settings
    prompt = config.get("prompt")
    try:
        model = _model(node_type, config, context)
    except TradewindError:
        return None
    if not isinstance(model, ChatModelHandle):
        return None
    return FollowUp(model, prompt if isinstance(prompt, str) and prompt.strip() else DEFAULT_PROMPT)


def _model(node_type: NodeType, config: Mapping[str, Any], context: BuildContext) -> Any:
    """The chat model that a node of this type with these settings would be."""
    credential = config.get("credentialId")
    node = Node(
        id="followUpPrompts",
        name=node_type.name,
        label="Follow-up prompts",
        category=node_type.category,
        inputs={},
        credential=credential if isinstance(credential, str) and credential else None,
    )
    inputs = {key: config[key] for key in ("modelName", "temperature") if key in config}
    if config.get("baseUrl") and node_type.address_input:
        inputs[node_type.address_input] = config["baseUrl"]
    return node_type.build(NodeInputs(node, inputs), context)


def providers_not_run(choice: ProviderChoice | None, registry: Registry) -> Sequence[str]:
    """The chosen provider, where this server has no node type for it."""
    return [choice.name] if choice and registry.follow_up(choice.name) is None else []
