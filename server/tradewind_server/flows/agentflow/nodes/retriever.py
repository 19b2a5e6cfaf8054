"""Retriever: looks a question up in document stores."""

from __future__ import annotations

from typing import Any

from tradewind_server.documents.ports import documents_json
from tradewind_server.flows.agentflow.output_fields import pretty
from tradewind_server.flows.agentflow.step import Step, StepType
from tradewind_server.flows.agentflow.toolset import document_store
from tradewind_server.flows.agentflow.trace import StepResult
from tradewind_server.flows.nodes.agentflow import RETRIEVER


async def run_retriever(step: Step) -> StepResult:
    question = step.text("retrieverQuery") or step.run.flow_input
    references = [str(one.get("documentStore") or "") for one in step.items("retrieverKnowledgeDocumentStores")]
    documents = []
    for number, reference in enumerate(one for one in references if one):
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
