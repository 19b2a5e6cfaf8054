"""Loader nodes read their settings as the canvas writes them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest
from tradewind_server.documents.ports import Document, DocumentSource, LoadContext, SourceFile
from tradewind_server.documents.splitters import CharacterSplitter
from tradewind_server.errors import InvalidInput, Reason
from tradewind_server.flows.drawing import Node
from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.flows.nodes.spec import BuildContext, NodeInputs

FILE_INPUTS = {
    "textFile": "txtFile",
    "pdfFile": "pdfFile",
    "docxFile": "docxFile",
    "microsoftWord": "docxFile",
    "microsoftExcel": "excelFile",
    "microsoftPowerpoint": "powerpointFile",
    "epubFile": "epubFile",
    "jsonlinesFile": "jsonlinesFile",
    "csvFile": "csvFile",
    "jsonFile": "jsonFile",
    "fileLoader": "file",
    "unstructuredFileLoader": "fileObject",
}
TAKES = {
    "textFile": {"a.txt", "A.TXT", "a.md", "a.html", "a.yaml", "a.py"},
    "pdfFile": {"a.pdf", "A.PDF"},
    "docxFile": {"a.docx"},
    "microsoftWord": {"a.docx", "a.doc"},
    "microsoftExcel": {"a.xlsx", "a.XLS", "a.xlsm", "a.xlsb"},
    "microsoftPowerpoint": {"a.pptx", "a.ppt"},
    "epubFile": {"a.epub"},
    "jsonlinesFile": {"a.jsonl"},
    "csvFile": {"a.csv"},
    "jsonFile": {"a.json"},
}
ALL_FILES = set.union(*TAKES.values())
CONTEXT = BuildContext("w", "c", cast(Any, None), cast(Any, None), cast(Any, None))
"""Loaders ask for nothing of the world until they run."""


def build(name: str, inputs: Mapping[str, Any], components: Mapping[str, Any] | None = None) -> Any:
    node = Node(f"{name}_0", name, "My Loader", "Document Loaders", inputs)
    return builtin_registry().type_of(node).build(NodeInputs(node, inputs, components or {}), CONTEXT)


async def loaded(source: Any, *files: SourceFile) -> list[Document]:
    return [one async for batch in source.load(LoadContext("w", "c", files)) for one in batch]


def on_disk(folder: Path, name: str, data: str) -> SourceFile:
    path = folder / "0001"
    path.write_text(data)
    return SourceFile(name, "", str(path), len(data))


@pytest.mark.parametrize("name", [*FILE_INPUTS, "plainText"])
def test_every_loader_is_a_source_of_documents(name: str) -> None:
    source = build(name, {})
    assert isinstance(source, DocumentSource)
    assert source.node_id == f"{name}_0"


@pytest.mark.parametrize(("name", "file_input"), FILE_INPUTS.items())
def test_the_file_input_is_the_one_of_the_canvas(name: str, file_input: str) -> None:
    assert build(name, {file_input: 'FILE-STORAGE::["a"]'}).files == 'FILE-STORAGE::["a"]'
    assert any(
        one.name == file_input and one.kind == "file"
        for one in builtin_registry().type_of(Node("x_0", name, "X", "Document Loaders", {})).inputs
    )


@pytest.mark.parametrize(("name", "taken"), [*TAKES.items(), ("fileLoader", ALL_FILES)])
def test_files_go_to_the_loaders_by_their_ending(name: str, taken: set[str]) -> None:
    source = build(name, {})
    assert {file for file in ALL_FILES if source.takes(SourceFile(file, "", "", 1))} == taken


@pytest.mark.parametrize("name", [*FILE_INPUTS])
def test_no_loader_takes_programs_or_images(name: str) -> None:
    source = build(name, {})
    assert not any(source.takes(SourceFile(file, "", "", 1)) for file in ("a.exe", "a.png", "a.zip", "a.so"))


async def test_plain_text_with_splitter_and_metadata() -> None:
    inputs = {
        "text": "one;two",
        "textSplitter": "{{characterTextSplitter_0.data.instance}}",
        "metadata": '{"team": "sales"}',
        "omitMetadataKeys": "loc , x",
    }
    source = build("plainText", inputs, {"characterTextSplitter_0": CharacterSplitter(3, 0, ";")})
    assert await loaded(source) == [Document("one", {"team": "sales"}), Document("two", {"team": "sales"})]


@pytest.mark.parametrize("metadata", ["[1]", '"text"', "{broken", 5])
def test_metadata_must_be_an_object(metadata: Any) -> None:
    with pytest.raises(InvalidInput, match="metadata of the node My Loader") as caught:
        build("textFile", {"metadata": metadata})
    assert caught.value.reason == Reason.NODE_INPUT_INVALID


def test_something_else_wired_as_splitter_is_refused() -> None:
    with pytest.raises(InvalidInput, match="textSplitter"):
        build("textFile", {"textSplitter": "{{x_0.data.instance}}"}, {"x_0": object()})


@pytest.mark.parametrize(("value", "usage"), [(None, "perPage"), ("", "perPage"), ("perFile", "perFile")])
@pytest.mark.parametrize("name", ["pdfFile", "fileLoader"])
def test_a_pdf_is_read_by_page_or_as_one(name: str, value: Any, usage: str) -> None:
    assert build(name, {"usage": value}).options["usage"] == usage
    with pytest.raises(InvalidInput, match="usage"):
        build(name, {"usage": "perLine"})


async def test_a_column_of_a_csv(tmp_path: Path) -> None:
    file = on_disk(tmp_path, "faq.csv", "question,answer\nWhen?,At seven.\n")
    assert [one.content for one in await loaded(build("csvFile", {"columnName": "answer"}), file)] == ["At seven."]
    assert [one.content for one in await loaded(build("csvFile", {}), file)] == ["question: When?\nanswer: At seven."]


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({}, ["Mia", "Mill Lane"]),
        ({"pointersName": "/name"}, ["Mia"]),
        ({"separateByObject": True}, ["name: Mia\nstreet: Mill Lane"]),
        ({"separateByObject": "false"}, ["Mia", "Mill Lane"]),
    ],
)
async def test_settings_of_the_json_loader(tmp_path: Path, inputs: dict[str, Any], expected: list[str]) -> None:
    file = on_disk(tmp_path, "a.json", '[{"name": "Mia", "street": "Mill Lane"}]')
    assert [one.content for one in await loaded(build("jsonFile", inputs), file)] == expected


async def test_the_file_loader_reads_by_the_ending(tmp_path: Path) -> None:
    source = build("fileLoader", {"pointerName": "street"})
    file = on_disk(tmp_path, "a.JSON", '{"name": "Mia", "street": "Mill Lane"}')
    assert [one.content for one in await loaded(source, file)] == ["Mia", "Mill Lane"]
    file = on_disk(tmp_path, "a.jsonl", '{"name": "Mia", "street": "Mill Lane"}')
    assert [one.content for one in await loaded(source, file)] == ["Mill Lane"]


@pytest.mark.parametrize("name", ["jsonFile", "jsonlinesFile"])
async def test_metadata_may_point_into_the_json(tmp_path: Path, name: str) -> None:
    inputs = {"metadata": '{"who": "/by/name", "team": "sales"}', "pointersName": "text", "pointerName": "text"}
    ending = "json" if name == "jsonFile" else "jsonl"
    file = on_disk(tmp_path, f"a.{ending}", '{"text": "words", "by": {"name": "Mia"}}')
    (document,) = await loaded(build(name, inputs), file)
    assert document.metadata == {"source": f"a.{ending}", "blobType": "", "who": "Mia", "team": "sales"}


@pytest.mark.parametrize(("value", "usage"), [(None, "perChapter"), ("perFile", "perFile")])
def test_a_book_is_read_by_chapter_or_as_one(value: Any, usage: str) -> None:
    assert build("epubFile", {"usage": value}).options["usage"] == usage


WEB = BuildContext("w", "c", cast(Any, None), cast(Any, None), cast(Any, None), outbound=cast(Any, object()))


def build_web(name: str, inputs: Mapping[str, Any], context: BuildContext = WEB) -> Any:
    node = Node(f"{name}_0", name, "My Loader", "Document Loaders", inputs)
    return builtin_registry().type_of(node).build(NodeInputs(node, inputs), context)


def test_settings_of_the_scraper() -> None:
    inputs = {
        "url": " https://shop.example ",
        "relativeLinksMethod": "scrapeXMLSitemap",
        "limit": "0",
        "selector": " main ",
        "excludeSelector": "nav",
        "outputFormat": "html",
        "metadata": {"k": "v"},
    }
    source = build_web("cheerioWebScraper", inputs)
    assert (source.url, source.follow, source.limit) == ("https://shop.example", "scrapeXMLSitemap", 0)
    assert (source.selector, source.exclusion, source.as_html, source.rules.additions) == ("main", "nav", True, {"k": "v"})
    plain = build_web("cheerioWebScraper", {"url": "https://shop.example", "limit": "", "relativeLinksMethod": ""})
    assert (plain.follow, plain.limit, plain.selector, plain.as_html) == (None, 10, None, False)


@pytest.mark.parametrize("name", ["playwrightWebScraper", "puppeteerWebScraper"])
def test_loaders_of_browsers_fetch_as_the_scraper_does(name: str) -> None:
    inputs = {"url": "https://shop.example", "cssSelector": "main", "waitForSelector": "#app", "selector": "nav", "limit": "3"}
    source = build_web(name, {**inputs, "waitUntilGoToOption": "load", "relativeLinksMethod": "webCrawl"})
    assert type(source) is type(build_web("cheerioWebScraper", inputs))
    assert (source.selector, source.limit, source.follow, source.as_html) == ("main", 3, "webCrawl", False)
    assert "without a browser" in builtin_registry().type_of(Node("n", name, "L", "Document Loaders", {})).note


async def test_files_for_unstructured_are_read_here(tmp_path: Path) -> None:
    inputs = {"fileObject": "", "unstructuredAPIUrl": "http://10.0.0.1:8000/general", "strategy": "hi_res"}
    (document,) = await loaded(build("unstructuredFileLoader", inputs), on_disk(tmp_path, "a.md", "# Hours"))
    assert (document.content, document.metadata["source"]) == ("# Hours", "a.md")


def test_settings_of_the_api_loader() -> None:
    inputs = {"url": "https://api.example", "method": "POST", "headers": '{"X-Key": 5}', "body": '{"a": 1}'}
    source = build_web("apiLoader", inputs)
    assert (source.method, source.headers, source.body) == ("POST", {"X-Key": "5"}, {"a": 1})
    assert build_web("apiLoader", {"url": "https://api.example"}).method == "GET"


@pytest.mark.parametrize("name", ["cheerioWebScraper", "apiLoader"])
@pytest.mark.parametrize("url", ["", "shop.example", "ftp://shop.example", "file:///etc/passwd", "http://", "http://[bad"])
def test_other_addresses_are_refused(name: str, url: str) -> None:
    with pytest.raises(InvalidInput, match="url of the node My Loader"):
        build_web(name, {"url": url})


@pytest.mark.parametrize("name", ["cheerioWebScraper", "apiLoader"])
def test_without_a_way_out_nothing_is_fetched(name: str) -> None:
    context = BuildContext("w", "c", cast(Any, None), cast(Any, None), cast(Any, None))
    with pytest.raises(InvalidInput, match="url"):
        build_web(name, {"url": "https://shop.example"}, context)


@pytest.mark.parametrize(
    ("name", "inputs"),
    [
        ("cheerioWebScraper", {"limit": -1}),
        ("cheerioWebScraper", {"relativeLinksMethod": "guess"}),
        ("cheerioWebScraper", {"outputFormat": "pdf"}),
        ("apiLoader", {"method": "DELETE"}),
        ("apiLoader", {"headers": "[1]"}),
        ("apiLoader", {"body": "{"}),
        ("apiLoader", {"caFile": "data:;base64,eA=="}),
    ],
)
def test_settings_that_cannot_work_are_named(name: str, inputs: dict[str, Any]) -> None:
    (wrong,) = inputs
    with pytest.raises(InvalidInput, match=f"{wrong} of the node My Loader"):
        build_web(name, {"url": "https://shop.example", **inputs})
