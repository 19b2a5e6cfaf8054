"""Retriever: looks a question up in document stores."""

from __future__ import annotations

from typing import Any

from tradewind_server.documents.ports import documents_json
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.agentflow.output_fields import pretty
from tradewind_server.flows.agentflow.step import Step, StepType
from tradewind_server.flows.agentflow.toolset import document_store
from tradewind_server.flows.agentflow.trace import StepResult
from tradewind_server.flows.nodes.agentflow import RETRIEVER


async def run_retriever(step: Step) -> StepResult:
    question = step.text("retrieverQuery") or step.run.flow_input
    choices = (str(one.get("documentStore") or "") for one in step.items("retrieverKnowledgeDocumentStores"))
    references = [one for one in choices if one]
    if not references:
        raise step.inputs.wrong_input("retrieverKnowledgeDocumentStores", "a list of document stores; choose one")
    if not question.strip():
        raise InvalidInput(
            Reason.INVALID_ARGUMENT, "There is nothing to look up: send a question, or give the node one.", node=step.node.id
        )
    documents = []
    for number, reference in enumerate(references):
        documents += await document_store(step, reference, number).retrieve(question, None, step.run.turn)
    sources = documents_json(documents) or []
    if step.inputs.text("outputFormat") == "textWithMetadata":
        content = pretty(sources)
    else:
        content = "\n".join(document.content for document in documents)
    output: dict[str, Any] = {"content": content}
    if sources:
        output["sourceDocuments"] = sources
    await step.say(content)
    return StepResult({"question": question}, output, step.new_state("retrieverUpdateState", content))


STEPS = (StepType(RETRIEVER.name, run_retriever, noun="Retriever", keeps_apart=True),)
