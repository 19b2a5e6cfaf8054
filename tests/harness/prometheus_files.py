"""Every expression of the dashboards and alert rules, with the numbers and labels that it reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import promql_parser
import yaml

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
RULES = DEPLOY / "prometheus" / "rules.yml"
DASHBOARDS = sorted((DEPLOY / "grafana" / "dashboards").glob("*.json"))
GRAFANA = {"$__rate_interval": "5m"}
"""What Grafana fills in by itself."""


def rules(text: str) -> list[dict[str, Any]]:
    """The rules of a file. Raises ``ValueError`` for what Prometheus would refuse to load."""
    document = yaml.safe_load(text)
    if not isinstance(document, dict) or set(document) != {"groups"}:
        raise ValueError("A rule file holds groups, and nothing else.")
    found = []
    for group in document["groups"]:
        if unknown := set(group) - {"name", "rules", "interval", "limit"}:
            raise ValueError(f"A group has no {unknown}.")
        for rule in group["rules"]:
            if unknown := set(rule) - {"alert", "expr", "for", "labels", "annotations", "keep_firing_for"}:
                raise ValueError(f"An alert has no {unknown}.")
            if not {"alert", "expr"} <= set(rule):
                raise ValueError("An alert has a name and an expression.")
            if "for" in rule:
                promql_parser.parse(f"up[{rule['for']}]")
            parse(rule["expr"])
            found.append(rule)
    return found


def parse(expression: str) -> Any:
    """The tree of an expression. Raises ``ValueError``."""
    for name, value in GRAFANA.items():
        expression = expression.replace(name, value)
    return promql_parser.parse(expression)


def dashboard_expressions(board: dict[str, Any]) -> Iterator[str]:
    for panel in board["panels"]:
        yield from (target["expr"] for target in panel.get("targets", ()))


def expressions() -> list[str]:
    """All that stand in the files."""
    found = [rule["expr"] for rule in rules(RULES.read_text())]
    for path in DASHBOARDS:
        found += dashboard_expressions(json.loads(path.read_text()))
    return found


def selectors(node: Any) -> Iterator[Any]:
    """The vector selectors inside an expression's tree."""
    if isinstance(node, promql_parser.VectorSelector):
        yield node
    for name in ("expr", "lhs", "rhs", "param", "vector_selector", "vs", "args"):
        inner = getattr(node, name, None)
        for one in inner if isinstance(inner, list | tuple) else (inner,):
            if one is not None and not isinstance(one, str):
                yield from selectors(one)


def metric_names() -> set[str]:
    """Of our own; ``up`` is Prometheus's."""
    return {selector.name for text in expressions() for selector in selectors(parse(text))} - {"up"}
