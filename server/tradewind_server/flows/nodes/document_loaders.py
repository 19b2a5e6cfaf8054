"""Document loader nodes. What each makes of a file stands in :mod:`tradewind_server.ingest.loaders`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tradewind_server.flows.components import DocumentSource, TextSplitter
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.ingest.loaders import Loader, load_any, load_csv, load_docx, load_json, load_pdf, load_text
from tradewind_server.ingest.sources import TEXT_ENDINGS, FileSource, MetadataRules, TextSource

CATEGORY = "Document Loaders"
COMMON = (Input("textSplitter", "node", "TextSplitter"), Input("metadata", "json"), Input("omitMetadataKeys"))
USAGES = {"perPage": "perPage", "perFile": "perFile"}


def rules(inputs: NodeInputs) -> MetadataRules:
    added = inputs.json("metadata")
    if added is not None and not isinstance(added, dict):
        raise inputs.wrong("metadata", "a JSON object")
    omitted = tuple(part.strip() for part in inputs.text("omitMetadataKeys").split(",") if part.strip())
    return MetadataRules(added or {}, omitted)


def splitter(inputs: NodeInputs) -> TextSplitter | None:
    return inputs.optional_node("textSplitter", TextSplitter)  # type: ignore[type-abstract]


def file_node(
    name: str,
    label: str,
    file_input: str,
    endings: frozenset[str],
    loader: Loader,
    extra: tuple[Input, ...] = (),
    options: Callable[[NodeInputs], dict[str, Any]] = lambda inputs: {},
) -> NodeType:
    """A loader of files of some endings; ``extra`` inputs become the loader's options."""

    def build(inputs: NodeInputs, context: BuildContext) -> DocumentSource:
        return FileSource(
            node_id=inputs.node.id,
            label=inputs.node.label,
            files=inputs.values.get(file_input),
            endings=endings,
            loader=loader,
            options=options(inputs),
            splitter=splitter(inputs),
            rules=rules(inputs),
        )

    return NodeType(name, label, CATEGORY, (Input(file_input, "file"), *extra, *COMMON), build)


def build_plain_text(inputs: NodeInputs, context: BuildContext) -> DocumentSource:
    return TextSource(inputs.node.id, inputs.text("text"), splitter(inputs), rules(inputs))


def pdf_options(inputs: NodeInputs) -> dict[str, Any]:
    return {"usage": inputs.choice("usage", USAGES, "perPage")}


def csv_options(inputs: NodeInputs) -> dict[str, Any]:
    return {"column": inputs.optional_text("columnName")}


def json_options(inputs: NodeInputs) -> dict[str, Any]:
    return {"by_object": inputs.flag("separateByObject"), "pointers": inputs.optional_text("pointersName")}


def any_options(inputs: NodeInputs) -> dict[str, Any]:
    return {**pdf_options(inputs), "pointers": inputs.optional_text("pointerName")}


USAGE = Input("usage", "choice")
NODE_TYPES = (
    file_node("textFile", "Text File", "txtFile", TEXT_ENDINGS, load_text),
    file_node("pdfFile", "Pdf File", "pdfFile", frozenset({"pdf"}), load_pdf, (USAGE,), pdf_options),
    file_node("docxFile", "Docx File", "docxFile", frozenset({"docx"}), load_docx),
    file_node("csvFile", "Csv File", "csvFile", frozenset({"csv"}), load_csv, (Input("columnName"),), csv_options),
    file_node(
        "jsonFile",
        "Json File",
        "jsonFile",
        frozenset({"json"}),
        load_json,
        (Input("separateByObject", "flag"), Input("pointersName")),
        json_options,
    ),
    file_node(
        "fileLoader",
        "File Loader",
        "file",
        TEXT_ENDINGS | {"pdf", "docx", "csv", "json"},
        load_any,
        (USAGE, Input("pointerName")),
        any_options,
    ),
    NodeType("plainText", "Plain Text", CATEGORY, (Input("text"), *COMMON), build_plain_text),
)
