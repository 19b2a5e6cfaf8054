"""Document loader nodes. What each makes of a file stands in :mod:`tradewind_server.documents.loaders` and ``office``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from tradewind_server.documents.loaders import Loader, load_csv, load_json, load_jsonlines, load_text
from tradewind_server.documents.metadata import MetadataRules
from tradewind_server.documents.office import BY_ENDING, load_any, load_docx, load_epub, load_powerpoint, load_word
from tradewind_server.documents.pdf import load_pdf
from tradewind_server.documents.ports import DocumentSource, TextSplitter
from tradewind_server.documents.sheets import load_excel
from tradewind_server.documents.sources import TEXT_ENDINGS, FileSource, TextSource
from tradewind_server.documents.web import MOST_PAGES, ApiSource, Follow, PageSource
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.outbound.addresses import is_web_address
from tradewind_server.outbound.ports import Outbound

CATEGORY = "Document Loaders"
COMMON = (Input("textSplitter", "node", "TextSplitter"), Input("metadata", "json"), Input("omitMetadataKeys"))
PDF_USAGES = {"perPage": "perPage", "perFile": "perFile"}
BOOK_USAGES = {"perChapter": "perChapter", "perFile": "perFile"}
SHEETS = frozenset({"xlsx", "xls", "xlsm", "xlsb", "ods"})
DEFAULT_LINKS = 10
FOLLOWS: dict[str, Follow] = {"webCrawl": "webCrawl", "scrapeXMLSitemap": "scrapeXMLSitemap"}
METHODS = {"GET": "GET", "POST": "POST"}
LoaderInputs = dict[str, Any]

ANY_ENDINGS = TEXT_ENDINGS | frozenset(BY_ENDING) | {""}
"""What loaders of any file take. A file without an ending is read as text."""


def metadata_of(inputs: NodeInputs) -> dict[str, Any]:
    value = inputs.json("metadata")
    if value is not None and not isinstance(value, dict):
        raise inputs.wrong_input("metadata", "a JSON object")
    return value or {}


def rules(inputs: NodeInputs, *, maps: bool = False) -> MetadataRules:
    """``maps``: values that begin with a slash are pointers into the document's own JSON, which the loader follows."""
    additions = {key: value for key, value in metadata_of(inputs).items() if not (maps and is_pointer(value))}
    omissions = tuple(part.strip() for part in inputs.text("omitMetadataKeys").split(",") if part.strip())
    return MetadataRules(additions, omissions)


def is_pointer(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("/")


def mapping_of(inputs: NodeInputs) -> dict[str, str]:
    return {key: value for key, value in metadata_of(inputs).items() if is_pointer(value)}


def splitter(inputs: NodeInputs) -> TextSplitter | None:
    return inputs.optional_node("textSplitter", TextSplitter)  # type: ignore[type-abstract]


def outbound(inputs: NodeInputs, context: BuildContext) -> Outbound:
    if context.outbound is None:
        raise inputs.wrong_input("url", "left out: this server makes no calls to other addresses")
    return context.outbound


def file_node(
    name: str,
    label: str,
    file_input: str,
    endings: frozenset[str],
    loader: Loader,
    extra: tuple[Input, ...] = (),
    options: Callable[[NodeInputs], LoaderInputs] = lambda inputs: {},
    *,
    maps: bool = False,
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
            rules=rules(inputs, maps=maps),
            parsing=context.parsing,
        )

    return NodeType(name, label, CATEGORY, (Input(file_input, "file"), *extra, *COMMON), build)


def build_plain_text(inputs: NodeInputs, context: BuildContext) -> DocumentSource:
    return TextSource(inputs.node.id, inputs.text("text"), splitter(inputs), rules(inputs), context.parsing)


def build_scraper(inputs: NodeInputs, context: BuildContext, selector: str = "selector") -> DocumentSource:
    limit = inputs.integer("limit", 0, MOST_PAGES)
    return PageSource(
        node_id=inputs.node.id,
        label=inputs.node.label,
        url=web_address(inputs),
        outbound=outbound(inputs, context),
        follow=inputs.choice("relativeLinksMethod", FOLLOWS, None),
        limit=DEFAULT_LINKS if limit is None else limit,
        selector=inputs.optional_text(selector),
        exclusion=inputs.optional_text("excludeSelector"),
        as_html=inputs.choice("outputFormat", {"text": False, "html": True}, False),
        splitter=splitter(inputs),
        rules=rules(inputs),
        parsing=context.parsing,
    )


def build_api(inputs: NodeInputs, context: BuildContext) -> DocumentSource:
    headers = inputs.json("headers")
    if headers is not None and not isinstance(headers, dict):
        raise inputs.wrong_input("headers", "a JSON object")
    if inputs.is_set("caFile"):
        raise inputs.wrong_input("caFile", "left out: certificates are those that this server trusts")
    return ApiSource(
        node_id=inputs.node.id,
        label=inputs.node.label,
        method=inputs.choice("method", METHODS, "GET"),  # type: ignore[arg-type]
        url=web_address(inputs),
        outbound=outbound(inputs, context),
        headers={str(name): str(value) for name, value in (headers or {}).items()},
        body=inputs.json("body"),
        splitter=splitter(inputs),
        rules=rules(inputs),
        parsing=context.parsing,
    )


def web_address(inputs: NodeInputs) -> str:
    url = inputs.text("url").strip()
    if not is_web_address(url):
        raise inputs.wrong_input("url", "an address that begins with http:// or https://")
    return url


def pdf_options(inputs: NodeInputs) -> LoaderInputs:
    return {"usage": inputs.choice("usage", PDF_USAGES, "perPage")}


def book_options(inputs: NodeInputs) -> LoaderInputs:
    return {"usage": inputs.choice("usage", BOOK_USAGES, "perChapter")}


def csv_options(inputs: NodeInputs) -> LoaderInputs:
    return {"column": inputs.optional_text("columnName")}


def json_options(inputs: NodeInputs) -> LoaderInputs:
    pointers = inputs.optional_text("pointersName")
    return {"by_object": inputs.flag("separateByObject"), "pointers": pointers, "mapped": mapping_of(inputs)}


def jsonlines_options(inputs: NodeInputs) -> LoaderInputs:
    return {"pointer": inputs.text("pointerName"), "mapped": mapping_of(inputs)}


def any_options(inputs: NodeInputs) -> LoaderInputs:
    return {**pdf_options(inputs), "pointer": inputs.text("pointerName")}


USAGE = Input("usage", "choice")
LEGACY = Input("legacyBuild", "flag", has_no_effect=True)
JSON_INPUTS = (Input("separateByObject", "flag"), Input("pointersName"))
POINTER = (Input("pointerName"),)
SCRAPER_INPUTS = (
    Input("url"),
    Input("relativeLinksMethod", "choice"),
    Input("limit", "number"),
    Input("selector"),
    Input("excludeSelector"),
    Input("outputFormat", "choice"),
    *COMMON,
)
BROWSER_INPUTS = (
    Input("url"),
    Input("relativeLinksMethod", "choice"),
    Input("limit", "number"),
    Input("cssSelector"),
    Input("waitUntilGoToOption", has_no_effect=True),
    Input("waitForSelector", has_no_effect=True),
    *COMMON,
)
WITHOUT_BROWSER = "fetches its pages without a browser: what scripts write into them is not read."
UNSTRUCTURED_INPUTS = tuple(
    Input(name, has_no_effect=True)
    for name in (
        "unstructuredAPIUrl", "strategy", "encoding", "skipInferTableTypes", "hiResModelName", "chunkingStrategy",
        "ocrLanguages", "sourceIdKey", "coordinates", "xmlKeepTags", "includePageBreaks", "multiPageSections",
        "combineUnderNChars", "newAfterNChars", "maxCharacters",
    )
)  # fmt: skip
API_INPUTS = (Input("method", "choice"), Input("url"), Input("headers", "json"), Input("body", "json"), *COMMON)

NODES = (
    file_node("textFile", "Text File", "txtFile", TEXT_ENDINGS, load_text),
    file_node("pdfFile", "Pdf File", "pdfFile", frozenset({"pdf"}), load_pdf, (USAGE, LEGACY), pdf_options),
    file_node("docxFile", "Docx File", "docxFile", frozenset({"docx"}), load_docx),
    file_node("microsoftWord", "Microsoft Word", "docxFile", frozenset({"docx", "doc"}), load_word),
    file_node("microsoftExcel", "Microsoft Excel", "excelFile", SHEETS, load_excel),
    file_node("microsoftPowerpoint", "Microsoft PowerPoint", "powerpointFile", frozenset({"pptx", "ppt"}), load_powerpoint),
    file_node("epubFile", "Epub File", "epubFile", frozenset({"epub"}), load_epub, (USAGE,), book_options),
    file_node("csvFile", "Csv File", "csvFile", frozenset({"csv", "tsv"}), load_csv, (Input("columnName"),), csv_options),
    file_node("jsonFile", "Json File", "jsonFile", frozenset({"json"}), load_json, JSON_INPUTS, json_options, maps=True),
    file_node(
        "jsonlinesFile",
        "Json Lines File",
        "jsonlinesFile",
        frozenset({"jsonl"}),
        load_jsonlines,
        POINTER,
        jsonlines_options,
        maps=True,
    ),
    replace(
        file_node(
            "fileLoader",
            "File Loader",
            "file",
            ANY_ENDINGS,
            load_any,
            (USAGE, LEGACY, *POINTER),
            any_options,
        ),
        reads_any_file=True,
    ),
    NodeType("plainText", "Plain Text", CATEGORY, (Input("text"), *COMMON), build_plain_text),
    NodeType("cheerioWebScraper", "Cheerio Web Scraper", CATEGORY, SCRAPER_INPUTS, build_scraper),
    *(
        NodeType(name, label, CATEGORY, BROWSER_INPUTS, partial(build_scraper, selector="cssSelector"), WITHOUT_BROWSER)
        for name, label in (
            ("playwrightWebScraper", "Playwright Web Scraper"),
            ("puppeteerWebScraper", "Puppeteer Web Scraper"),
        )
    ),
    NodeType("apiLoader", "API Loader", CATEGORY, API_INPUTS, build_api),
    replace(
        file_node(
            "unstructuredFileLoader",
            "Unstructured File Loader",
            "fileObject",
            ANY_ENDINGS,
            load_any,
            UNSTRUCTURED_INPUTS,
        ),
        note="reads files with this server's own loaders and asks no Unstructured service: wire a text splitter to it.",
    ),
)
