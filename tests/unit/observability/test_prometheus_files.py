"""The alert rules and the dashboards: they are read as Prometheus reads them, and a broken one is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from prometheus_client import CollectorRegistry
from tradewind_server.observability.child_metrics import ChildMetrics
from tradewind_server.observability.disk_metrics import DiskMetrics
from tradewind_server.observability.gate_metrics import GateMetrics
from tradewind_server.observability.metrics import Metrics
from tradewind_server.observability.work_metrics import WorkMetrics

from harness.prometheus_files import DASHBOARDS, DEPLOY, RULES, dashboard_expressions, expressions, parse, rules, selectors

GROUPING = re.compile(r"by \(([^)]*)\)")


def labels_of_numbers() -> dict[str, set[str]]:
    """Label names by the name that a number is declared with."""
    registry = CollectorRegistry()
    Metrics(registry)
    WorkMetrics(registry)
    families = {collector._name: set(collector._labelnames) for collector in registry._collector_to_names}
    for other in (GateMetrics, ChildMetrics):
        families[other._family().name] = set(other._family()._labelnames)
    return families | {family.name: set(family._labelnames) for family in DiskMetrics._families()}


def test_each_alert_says_what_it_means_and_where_to_read_on() -> None:
    found = rules(RULES.read_text())
    assert len({rule["alert"] for rule in found}) == len(found) > 10
    operations = (DEPLOY.parent / "docs" / "operations.md").read_text()
    anchors = {
        re.sub(r"[^a-z0-9 -]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in operations.splitlines()
        if line[:1] == "#"
    }
    for rule in found:
        assert rule["labels"]["severity"] in ("critical", "warning", "info")
        assert rule["annotations"]["summary"].endswith(".")
        page, _, anchor = rule["annotations"]["runbook"].partition("#")
        assert page == "docs/operations.md" and anchor in anchors, rule["alert"]


@pytest.mark.parametrize(
    ("part", "broken"),
    [
        ("expr: up{", "expr: up{{"),
        ("for: 2m", "for: 2 minutes"),
        ("- alert: TradewindAway", "- alarm: TradewindAway"),
        ("groups:", "grupos:"),
    ],
)
def test_a_broken_rule_is_refused(part: str, broken: str) -> None:
    text = RULES.read_text()
    assert part in text
    with pytest.raises(ValueError):
        rules(text.replace(part, broken, 1))


def test_expressions_group_by_labels_that_their_numbers_have() -> None:
    families = labels_of_numbers()
    faults = []
    for text in expressions():
        names = [re.sub(r"_(total|bucket|sum|count)$", "", one.name) for one in selectors(parse(text)) if one.name != "up"]
        labels = {"le", "instance"}.union(*(families[name] for name in names)) if names else {"instance"}
        faults += [
            f"{label} in {text}" for group in GROUPING.findall(text) for label in re.split(r", *", group) if label not in labels
        ]
    assert faults == []


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.name)
def test_a_broken_expression_of_a_dashboard_is_refused(path: Path) -> None:
    text = path.read_text().replace("sum by (method) (rate(", "sum by (method (rate(", 1)
    assert text != path.read_text()
    with pytest.raises(ValueError):
        [parse(one) for one in dashboard_expressions(json.loads(text))]


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.name)
def test_panels_do_not_lie_on_each_other(path: Path) -> None:
    board = json.loads(path.read_text())
    places = [
        (x, y)
        for panel in board["panels"]
        for at in [panel["gridPos"]]
        for x in range(at["x"], at["x"] + at["w"])
        for y in range(at["y"], at["y"] + at["h"])
    ]
    assert len(places) == len(set(places))
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


def test_the_scrape_needs_no_key_and_says_how_it_is_done_with_one() -> None:
    text = (DEPLOY / "prometheus" / "prometheus.yml").read_text()
    [job] = yaml.safe_load(text)["scrape_configs"]
    assert job["metrics_path"] == "/metrics" and "authorization" not in job
    assert "metrics_path: /api/v1/metrics" in text and "credentials_file" in text
