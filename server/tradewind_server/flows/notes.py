"""What of a chatflow will be different on this server: said at its import, and by the doctor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tradewind_server.chatflows.config import ChatflowConfig, read_config
from tradewind_server.chatflows.ports import AGENTFLOW, CHATFLOW, Chatflow, DrawingProblem, Holds, OverridableInput
from tradewind_server.errors import InvalidInput
from tradewind_server.flows.agentflow.check import check_agentflow, is_agentflow
from tradewind_server.flows.agentflow.drawing_notes import drawing_notes
from tradewind_server.flows.agentflow.held_components import held_nodes
from tradewind_server.flows.compile.check import Problem, check_flow
from tradewind_server.flows.compile.override_list import overridable_inputs
from tradewind_server.flows.compile.tokens import VARIABLE, tokens_of
from tradewind_server.flows.drawing import Flow, Node, parse_flow, texts_in
from tradewind_server.flows.javascript_port import JavaScript, JavaScriptOff
from tradewind_server.flows.nodes.registry import Registry
from tradewind_server.flows.nodes.spec import NodeType
from tradewind_server.flows.predict.analytics import SERVICES
from tradewind_server.flows.predict.follow_up import providers_not_run
from tradewind_server.flows.predict.post_processing import LABEL as POST_PROCESSING
from tradewind_server.flows.public_drawing import without_secrets
from tradewind_server.outbound.addresses import private_host

STORED_FILE = "FILE-STORAGE::"
ANSWERED_ELSEWHERE = frozenset({"Chat Models", "LLMs", "Embeddings"})
"""Categories whose nodes work without their own credential: something else answers."""


class RegistryDrawings:
    """The port ``Drawings`` over the node types of this server."""

    def __init__(self, registry: Registry, javascript: JavaScript | None = None) -> None:
        """``javascript`` says whether functions of chatflows run here; None: they do not."""
        self._registry = registry
        self._javascript = javascript or JavaScriptOff()

    def check(self, flow_data: str) -> None:
        parse_flow(flow_data)

    async def notes(self, chatflow: Chatflow, variables: Mapping[str, str], holds: Holds) -> list[str]:
        return await notes_on(chatflow, parse_flow(chatflow.flow_data), self._registry, variables, holds, self._javascript)

    def problems(self, flow_data: str, variables: Mapping[str, str]) -> list[DrawingProblem]:
        try:
            flow = parse_flow(flow_data)
        except InvalidInput as error:
            return [DrawingProblem(error.message)]
        return [_public(problem) for problem in problems_of(flow, self._registry, variables, self._javascript)]

    def type_of(self, flow_data: str) -> str:
        return AGENTFLOW if is_agentflow(parse_flow(flow_data)) else CHATFLOW

    def inputs(self, flow_data: str) -> list[OverridableInput]:
        return overridable_inputs(parse_flow(flow_data), self._registry)

    def without_secrets(self, flow_data: str) -> str:
        return without_secrets(flow_data, self._registry)


def _public(problem: Problem) -> DrawingProblem:
    node = problem.node
    return DrawingProblem(problem.sentence, node.id, node.label, node.name) if node else DrawingProblem(problem.sentence)


async def notes_on(
    chatflow: Chatflow,
    flow: Flow,
    registry: Registry,
    variables: Mapping[str, str],
    holds: Holds,
    javascript: JavaScript | None = None,
) -> list[str]:
    """One sentence for each thing. ``holds`` says whether a credential is stored here, ``javascript`` whether functions run."""
    javascript = javascript or JavaScriptOff()
    notes = [will_not_run(problem) for problem in problems_of(flow, registry, variables, javascript)]
    for node in (*flow.nodes.values(), *parts_of(flow, registry)):
        place = f"{node.label} ({node.id})"
        if not registry.knows(node.name):
            continue
        node_type = registry.type_of(node)
        if node_type.note:
            notes.append(f"{place} {node_type.note}")
        elif node.credential and not await holds(node.credential):
            notes.append(_missing_credential(place, node))
        notes += [f"{place} {note}" for note in _on_inputs(node, node_type, variables)]
    notes += [f"A wire of the drawing leads to {end}, which is not in it: the wire counts for nothing." for end in flow.loose]
    notes += drawing_notes(flow) if is_agentflow(flow) else ()
    config = read_config(chatflow)
    for choice in config.analytics:
        credential = choice.settings.get("credentialId")
        if choice.name in SERVICES and not (isinstance(credential, str) and credential and await holds(credential)):
            notes.append(
                f"The chatflow reports to {choice.name} with a credential that is not here: nothing is reported until "
                f"`tradewind credentials set {credential or 'NAME'}` stores it."
            )
    return [*notes, *_on_columns(config, registry, javascript)]


def problems_of(flow: Flow, registry: Registry, variables: Mapping[str, str], javascript: JavaScript) -> list[Problem]:
    """Why a drawing will not run, by what it is a drawing of."""
    if is_agentflow(flow):
        return check_agentflow(flow, registry, variables, javascript)
    return check_flow(flow, registry, variables, javascript)


def parts_of(flow: Flow, registry: Registry) -> Iterator[Node]:
    """The components that nodes of an agent flow hold inside: their models, tools and stores."""
    if is_agentflow(flow):
        for node in flow.nodes.values():
            yield from (part.node for part in held_nodes(node, registry))


def will_not_run(problem: Problem) -> str:
    """The note of a problem, told from those about what is only different."""
    if problem.type_is_unknown:
        return problem.sentence
    first, rest = problem.sentence[:1], problem.sentence[1:]
    return f"Will not run: {first.lower()}{rest}"


def _missing_credential(place: str, node: Node) -> str:
    instead = ": the configured endpoint or the embedded model answers instead" if node.category in ANSWERED_ELSEWHERE else ""
    return (
        f"{place} names the credential {node.credential}, which is not here{instead}. "
        f"`tradewind credentials set {node.credential}` stores a key for it."
    )


def _on_inputs(node: Node, node_type: NodeType, variables: Mapping[str, str]) -> Iterator[str]:
    for value in node.inputs.values():
        for text in texts_in(value):
            if text.startswith(STORED_FILE):
                yield f"names the file {text.removeprefix(STORED_FILE)}; upload it again."
    for field in node_type.inputs:
        address = str(node.inputs.get(field.name) or "").strip()
        if field.is_guarded and "{{" not in address and (host := private_host(address)):
            yield (
                f"names the server {host}, which seems to lie in a private network: leave the address empty for this server's "
                "own, or have the operator open it with TRADEWIND_OUTBOUND_ALLOW."
            )
    values = ((one.note, str(node.inputs.get(one.name) or "").strip()) for one in node_type.inputs if one.note)
    yield from dict.fromkeys(note for note, value in values if value not in ("", "[]", "{}"))
    for token in sorted(tokens_of(node, node_type)):
        name = token.removeprefix(VARIABLE)
        if token.startswith(VARIABLE) and name not in variables:
            yield f"reads the variable {name}, which has no value here."


def _on_columns(config: ChatflowConfig, registry: Registry, javascript: JavaScript) -> Iterator[str]:
    if config.post_processing:
        try:
            javascript.check(POST_PROCESSING)
        except InvalidInput as error:
            yield f"Will not run: {error.message[:1].lower()}{error.message[1:]}"
    unknown = [choice.name for choice in config.analytics if choice.name not in SERVICES]
    if unknown:
        services = ", ".join(unknown)
        yield f"The chatflow reports to {services}; this server does not. It reports to Langfuse and LangSmith."
    for provider in providers_not_run(config.follow_up, registry):
        yield f"The chatflow's follow-up prompts ask {provider}, which does not run here: none are suggested."
