"""Chains that choose: the model picks one of several prompts or stores by its description, and answers with that one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tradewind_server.flows.components import Answer, ChatModelHandle, ParseFailure, Retriever, Turn, VectorStore
from tradewind_server.flows.llm.context_window import ask, ask_shaped
from tradewind_server.flows.llm.output_schema import Schema, read_in
from tradewind_server.flows.llm.templates import fill_system, parse_prompt
from tradewind_server.flows.nodes.chains.basic import CHAT_SYSTEM, MODEL, MODERATION, RESPONSE_PROMPT, Passages
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.flows.ports import Message

NOBODY = "none"
CHOOSE_PROMPT = (
    "Below are a question and those who can answer questions, each with what it is for. Choose the one that suits the "
    'question. Answer with a JSON object of the form {{"destination": "its name"}} and nothing else; where none suits, the '
    "name is {nobody}.\n\n{destinations}\n\nQuestion: {question}"
)


@dataclass(frozen=True, slots=True)
class Destination:
    """One choice. ``system`` is what the model is told, ``store`` where it looks things up; it has one of the two."""

    name: str
    description: str
    system: str = ""
    store: Retriever | None = None


@dataclass(frozen=True, slots=True)
class RouterChain:
    """Asks the model twice: who should answer, and then the question itself. Where nobody suits, it answers as it is."""

    model: ChatModelHandle
    destinations: Sequence[Destination]
    return_sources: bool

    async def run(self, turn: Turn) -> Answer:
        destination = await self._choose(turn.question_text)
        if destination is not None and destination.store is not None:
            passages = Passages(self.model, destination.store, parse_prompt(RESPONSE_PROMPT), self.return_sources)
            return await passages.answer(turn, turn.question_text)
        system = fill_system(destination.system, turn) if destination else CHAT_SYSTEM
        messages = [*([Message("system", system)] if system else []), self.model.question(turn.question, turn)]
        return Answer(await ask(self.model, lambda _h, _c: messages, sink=turn.sink))

    async def _choose(self, question: str) -> Destination | None:
        """The model's choice; None where it chose nobody, or nobody that is there."""
        by_name = {one.name: one for one in self.destinations}
        if len(by_name) == 1:
            return self.destinations[0]
        choices = "\n".join(f"- {one.name}: {one.description}" for one in self.destinations)
        prompt = parse_prompt(CHOOSE_PROMPT).fill({"nobody": NOBODY, "destinations": choices, "question": question})
        form = Schema("object", fields={"destination": Schema("string", choices=(*by_name, NOBODY))})
        reply = await ask_shaped(self.model, [Message("user", prompt)], form.schema())
        try:
            return by_name.get(read_in(reply, form)["destination"])
        except ParseFailure:
            names = [name for name in by_name if name in reply]
            return by_name[names[0]] if len(names) == 1 else None


def description_of(inputs: NodeInputs) -> tuple[str, str]:
    name, description = inputs.text("name").strip(), inputs.text("description").strip()
    if not name:
        raise inputs.wrong_input("name", "a name to choose it by")
    if not description:
        raise inputs.wrong_input("description", "a sentence that says what it is for")
    return name, description


def build_prompt_destination(inputs: NodeInputs, context: BuildContext) -> Destination:
    return Destination(*description_of(inputs), system=inputs.text("systemMessage"))


def build_store_destination(inputs: NodeInputs, context: BuildContext) -> Destination:
    return Destination(*description_of(inputs), store=inputs.node_of("vectorStore", VectorStore))


def router(inputs: NodeInputs, destinations: Sequence[Destination]) -> RouterChain:
    return RouterChain(
        inputs.node_of("model", ChatModelHandle), with_distinct_names(destinations), inputs.flag("returnSourceDocuments")
    )


def build_multi_prompt(inputs: NodeInputs, context: BuildContext) -> RouterChain:
    name, expectation = "promptRetriever", "wired to at least one Prompt Retriever"
    components = inputs.nodes_of(name, object)
    destinations = [one for one in components if isinstance(one, Destination) and one.store is None]
    if not components or len(destinations) < len(components):
        raise inputs.wrong_input(name, f"{expectation}, and to nothing else" if components else expectation)
    return router(inputs, destinations)


def build_multi_retrieval(inputs: NodeInputs, context: BuildContext) -> RouterChain:
    """Takes whatever looks things up in a vector store; a store by itself is chosen by its name on the canvas."""
    name, expectation = "vectorStoreRetriever", "wired to at least one vector store or Vector Store Retriever"
    components = inputs.nodes_of(name, object)
    destinations = [destination for one in components if (destination := as_destination(one)) is not None]
    if not components or len(destinations) < len(components):
        raise inputs.wrong_input(name, f"{expectation}, and to nothing else" if components else expectation)
    return router(inputs, destinations)


def as_destination(component: object) -> Destination | None:
    if isinstance(component, Destination):
        return component if component.store is not None else None
    store = getattr(component, "store", component)
    if not isinstance(store, VectorStore):
        return Destination(store.label, f"what {store.label} finds", store=store) if isinstance(store, Retriever) else None
    which = store.collection.name if store.holding == "named" else store.node_id
    return Destination(store.label, f"the documents of {store.label}, {which}", store=store)


def with_distinct_names(destinations: Sequence[Destination]) -> list[Destination]:
    """The same destinations, those of one name with numbers behind it."""
    counts: dict[str, int] = {}
    apart = []
    for destination in destinations:
        counts[destination.name] = number = counts.get(destination.name, 0) + 1
        apart.append(destination if number == 1 else replace(destination, name=f"{destination.name} {number}"))
    return apart


DESCRIPTION_INPUTS = (Input("name"), Input("description"))
NODES = (
    NodeType(
        "promptRetriever",
        "Prompt Retriever",
        "Retrievers",
        (*DESCRIPTION_INPUTS, Input("systemMessage", "template", late=True)),
        build_prompt_destination,
    ),
    NodeType(
        "vectorStoreRetriever",
        "Vector Store Retriever",
        "Retrievers",
        (Input("vectorStore", "node", "VectorStore"), *DESCRIPTION_INPUTS),
        build_store_destination,
    ),
    NodeType(
        "multiPromptChain",
        "Multi Prompt Chain",
        "Chains",
        (MODEL, Input("promptRetriever", "nodes", "PromptRetriever"), MODERATION),
        build_multi_prompt,
        ends_flow=True,
        streams=True,
    ),
    NodeType(
        "multiRetrievalQAChain",
        "Multi Retrieval QA Chain",
        "Chains",
        (
            MODEL,
            Input("vectorStoreRetriever", "nodes", "VectorStoreRetriever, VectorStore"),
            Input("returnSourceDocuments", "flag"),
            MODERATION,
        ),
        build_multi_retrieval,
        ends_flow=True,
        streams=True,
    ),
)
