"""Output parser nodes: what an answer must look like, and what is read from it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tradewind_server.flows.components import ParseFailure
from tradewind_server.flows.llm.output_schema import Schema, read_in
from tradewind_server.flows.llm.zod import NotUnderstood, parse_zod
from tradewind_server.flows.nodes.spec import BuildContext, Input, NodeInputs, NodeType
from tradewind_server.lenient_json import without_thoughts

CATEGORY = "Output Parsers"
BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
PROPERTY_TYPES = {"string": Schema("string"), "number": Schema("number"), "boolean": Schema("boolean")}


@dataclass(frozen=True, slots=True)
class JsonParser:
    """Reads a JSON value of one shape."""

    shape: Schema

    @property
    def schema(self) -> Mapping[str, Any] | None:
        return self.shape.schema()

    @property
    def instructions(self) -> str:
        schema = json.dumps(self.schema, ensure_ascii=False)
        return f"Answer with one JSON value that fits the JSON schema below, and with nothing before or behind it.\n{schema}"

    def parse(self, text: str) -> Any:
        return read_in(text, self.shape)


@dataclass(frozen=True, slots=True)
class ListParser:
    """Reads items with a separator between them; ``length`` None takes any number but none."""

    separator: str
    length: int | None

    @property
    def schema(self) -> None:
        return None

    @property
    def instructions(self) -> str:
        items = f"{self.length} items" if self.length else "a list of items"
        example = self.separator.join(("one", "two", "three"))
        return f"Answer with {items}, separated by `{self.separator}`, and with nothing else. For example: {example}"

    def parse(self, text: str) -> list[str]:
        items = [item.strip() for item in self._items(without_thoughts(text)) if item.strip()]
        if not items:
            raise ParseFailure("the answer holds no items")
        if self.length and len(items) != self.length:
            raise ParseFailure(f"the answer has {len(items)} items instead of {self.length}")
        return items

    def _items(self, text: str) -> list[str]:
        if self.separator.strip() != ",":
            return text.split(self.separator)
        lines = [BULLET.sub("", line) for line in text.strip().splitlines()]
        return [item for row in csv.reader(lines, skipinitialspace=True) for item in row]


def build_csv(inputs: NodeInputs, context: BuildContext) -> ListParser:
    return ListParser(", ", None)


def build_custom_list(inputs: NodeInputs, context: BuildContext) -> ListParser:
    separator = inputs.text("separator", ",")
    return ListParser(separator, inputs.integer("length", 1, 1000))


def build_structured(inputs: NodeInputs, context: BuildContext) -> JsonParser:
    rows = inputs.json("jsonStructure")
    if not isinstance(rows, list) or not rows:
        raise inputs.wrong_input("jsonStructure", "a list of properties with a name and a type")
    fields = {}
    for row in rows:
        name = row.get("property") if isinstance(row, dict) else None
        shape = PROPERTY_TYPES.get(str(row.get("type", "string")).lower()) if isinstance(row, dict) else None
        if not isinstance(name, str) or not name.strip() or shape is None:
            raise inputs.wrong_input("jsonStructure", "a list of properties with a name and a type: string, number or boolean")
        fields[name.strip()] = Schema(shape.kind, description=str(row.get("description") or ""))
    return JsonParser(Schema("object", fields=fields))


def build_advanced(inputs: NodeInputs, context: BuildContext) -> JsonParser:
    source = inputs.text("exampleJson")
    try:
        shape = parse_zod(source)
    except NotUnderstood as error:
        raise inputs.wrong_input("exampleJson", f"a zod schema of plain calls, such as z.object({{…}}); {error}") from None
    return JsonParser(shape)


AUTOFIX = Input("autofixParser", "flag", has_no_effect=True)
"""An answer that cannot be read is written again once in any case."""
NODES = (
    NodeType("csvOutputParser", "CSV Output Parser", CATEGORY, (AUTOFIX,), build_csv),
    NodeType(
        "customListOutputParser",
        "Custom List Output Parser",
        CATEGORY,
        (Input("length", "number"), Input("separator"), AUTOFIX),
        build_custom_list,
    ),
    NodeType(
        "structuredOutputParser",
        "Structured Output Parser",
        CATEGORY,
        (AUTOFIX, Input("jsonStructure", "json")),
        build_structured,
    ),
    NodeType(
        "advancedStructuredOutputParser",
        "Advanced Structured Output Parser",
        CATEGORY,
        (AUTOFIX, Input("exampleJson")),
        build_advanced,
    ),
)
