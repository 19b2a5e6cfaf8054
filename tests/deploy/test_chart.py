"""The Helm chart: rendered with each set of values, valid for three Kubernetes versions, strict about wrong values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import helm_python
import kubernetes_validate
import pytest
import yaml
from tradewind_server.settings import Settings

CHART = Path(__file__).parent.parent.parent / "deploy" / "helm" / "tradewind"
VERSIONS = ("1.29", "1.33", "1.37")
SETS = sorted(path.name.removesuffix("-values.yaml") for path in (CHART / "ci").glob("*-values.yaml"))
FOREIGN = {"ServiceMonitor"}
"""Kinds of other projects: Kubernetes has no schema of them."""
SEVERAL = {
    "replicas": 2,
    "auth": {"existingSecret": "keys"},
    "database": {"existingSecret": "database"},
    "qdrant": {"url": "http://qdrant:6334"},
}
REST_OF_STOP = 25


def objects(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    with helm_python.Chart.load(str(CHART)) as chart:
        texts = chart.render(dict(values), name="tw", namespace="prod")
    return [one for name, text in sorted(texts.items()) if not name.endswith(".txt") for one in yaml.safe_load_all(text) if one]


@cache
def rendered(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(objects(yaml.safe_load((CHART / "ci" / f"{name}-values.yaml").read_text())))


def kind(name: str, wanted: str) -> list[dict[str, Any]]:
    return [one for one in rendered(name) if one["kind"] == wanted]


def pods(name: str) -> Iterator[dict[str, Any]]:
    for one in rendered(name):
        if one["kind"] in ("StatefulSet", "Deployment", "Job"):
            yield one["spec"]["template"]


def environment(pod: Mapping[str, Any]) -> dict[str, Any]:
    entries = pod["spec"]["containers"][0].get("env", [])
    names = [entry["name"] for entry in entries]
    assert len(set(names)) == len(names), f"set twice: {names}"
    return {entry["name"]: entry for entry in entries}


def test_there_are_five_sets_of_values() -> None:
    assert SETS == ["embedded", "gateway", "models", "openshift", "production"]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", SETS)
def test_every_object_is_valid(name: str, version: str) -> None:
    for one in rendered(name):
        if one["kind"] not in FOREIGN:
            kubernetes_validate.validate(one, version, strict=True)


def test_a_broken_object_is_refused() -> None:
    (good,) = kind("embedded", "StatefulSet")
    for place, value in (("replicas", "two"), ("replica", 2)):
        broken = {**good, "spec": {**good["spec"], place: value}}
        with pytest.raises(kubernetes_validate.ValidationError):
            kubernetes_validate.validate(broken, VERSIONS[0], strict=True)


@pytest.mark.parametrize("name", SETS)
def test_what_is_referred_to_exists(name: str) -> None:
    named = {(one["kind"], one["metadata"]["name"]) for one in rendered(name)}
    ports = {port["name"] for pod in pods(name) for port in pod["spec"]["containers"][0].get("ports", ())}
    labels = [pod["metadata"]["labels"].items() for pod in pods(name)]
    for one in rendered(name):
        spec = one.get("spec", {})
        if one["kind"] == "HorizontalPodAutoscaler":
            assert (spec["scaleTargetRef"]["kind"], spec["scaleTargetRef"]["name"]) in named
        if one["kind"] == "StatefulSet":
            assert ("Service", spec["serviceName"]) in named
            assert spec["selector"]["matchLabels"].items() <= spec["template"]["metadata"]["labels"].items()
        if one["kind"] == "Service":
            assert {port["targetPort"] for port in spec["ports"]} <= ports
            assert any(spec["selector"].items() <= pod for pod in labels)
        if one["kind"] in ("PodDisruptionBudget", "NetworkPolicy"):
            selector = (spec.get("selector") or spec["podSelector"])["matchLabels"]
            assert any(selector.items() <= pod for pod in labels)
        if one["kind"] == "ServiceMonitor":
            services = [
                service
                for service in kind(name, "Service")
                if spec["selector"]["matchLabels"].items() <= service["metadata"]["labels"].items()
            ]
            assert {port["name"] for service in services for port in service["spec"]["ports"]} >= {spec["endpoints"][0]["port"]}
    for pod in pods(name):
        volumes = {volume["name"] for volume in pod["spec"]["volumes"]} | {"data"}
        assert {mount["name"] for mount in pod["spec"]["containers"][0]["volumeMounts"]} <= volumes
        account = pod["spec"].get("serviceAccountName")
        assert account is None or ("ServiceAccount", account) in named


@pytest.mark.parametrize("name", SETS)
def test_pods_have_no_rights_and_settings_that_the_server_reads(name: str) -> None:
    for pod in pods(name):
        spec, container = pod["spec"], pod["spec"]["containers"][0]
        assert spec["automountServiceAccountToken"] is False and spec["securityContext"]["runAsNonRoot"] is True
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
        }  # fmt: skip
        writes = {"/run/tradewind"} if container["args"][0] == "gate" else {"/run/tradewind", "/var/lib/tradewind"}
        assert writes <= {mount["mountPath"] for mount in container["volumeMounts"]}
        ours = {one for one in environment(pod) if one.startswith("TRADEWIND_")}
        assert ours <= Settings.names()
        secrets = {one for names in Settings.secret_names().values() for one in names}
        assert all("secretKeyRef" in environment(pod)[one]["valueFrom"] for one in ours & secrets), "secrets by reference"


@pytest.mark.parametrize("name", SETS)
def test_a_server_that_goes_gets_the_time_that_its_streams_need(name: str) -> None:
    (server,) = kind(name, "StatefulSet")
    spec = server["spec"]["template"]["spec"]
    before = int(spec["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])
    drain = int(environment(server["spec"]["template"])["TRADEWIND_DRAIN_TIMEOUT"]["value"])
    assert spec["terminationGracePeriodSeconds"] == before + drain + REST_OF_STOP
    assert server["spec"]["updateStrategy"] == {"type": "RollingUpdate"}
    assert {"startupProbe", "livenessProbe", "readinessProbe"} <= spec["containers"][0].keys()
    assert len(spec["topologySpreadConstraints"]) == 2


def test_migrations_run_before_anything_changes_and_only_where_a_database_is_shared() -> None:
    for name in SETS:
        jobs = kind(name, "Job")
        assert len(jobs) == (name in ("production", "gateway"))
        for job in jobs:
            assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
            container = job["spec"]["template"]["spec"]["containers"][0]
            assert container["args"] == ["migrate"]
            keys = {"TRADEWIND_DATABASE_URL", "TRADEWIND_ADMIN_KEY", "TRADEWIND_SECRET_KEY"}
            assert set(environment(job["spec"]["template"])) == keys
    alone = objects({"database": {"existingSecret": "database"}})
    assert not [one for one in alone if one["kind"] == "Job"], "the secret key lies on the server's volume"


def test_several_servers_scale_by_calls_in_flight_and_are_disrupted_one_by_one() -> None:
    (scaler,) = kind("production", "HorizontalPodAutoscaler")
    (metric,) = scaler["spec"]["metrics"]
    assert metric["pods"]["metric"]["name"] == "tradewind_rpc_running"
    assert "replicas" not in kind("production", "StatefulSet")[0]["spec"]
    (budget,) = kind("production", "PodDisruptionBudget")
    assert budget["spec"]["maxUnavailable"] == 1
    assert kind("embedded", "PodDisruptionBudget") == []


def test_the_metric_that_scales_is_one_of_the_servers() -> None:
    from prometheus_client import CollectorRegistry
    from tradewind_server.observability.metrics import Metrics

    registry = CollectorRegistry()
    Metrics(registry)
    values = yaml.safe_load((CHART / "values.yaml").read_text())
    assert values["autoscaling"]["metric"] in {family.name for family in registry.collect()}


def test_a_gateway_stands_in_front_of_servers_that_only_it_may_call() -> None:
    (gateway,) = kind("gateway", "Deployment")
    container = gateway["spec"]["template"]["spec"]["containers"][0]
    (server,) = kind("gateway", "StatefulSet")
    assert server["spec"]["template"]["spec"]["containers"][0]["args"] == ["serve"]
    assert container["args"] == ["gate", "--upstream", f"{server['spec']['serviceName']}:50051"]
    before, behind = environment(gateway["spec"]["template"]), environment(server["spec"]["template"])
    assert before["TRADEWIND_WORKERS"]["value"] == "2"
    assert (before["TRADEWIND_TRUSTED_HOPS"]["value"], behind["TRADEWIND_TRUSTED_HOPS"]["value"]) == ("0", "1")
    policies = {one["metadata"]["name"]: one["spec"] for one in kind("gateway", "NetworkPolicy")}
    (callers,) = [rule["from"] for rule in policies["tw-tradewind"]["ingress"] if rule["ports"][0]["port"] == "grpc"]
    assert callers[0]["podSelector"]["matchLabels"]["app.kubernetes.io/component"] == "gateway"
    assert not [one for one in policies["tw-tradewind"]["ingress"] if one["ports"][0]["port"] == "rest"]


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a number as a word": ({"replicas": "two"}, "replicas"),
    "no server": ({"replicas": 0}, "replicas"),
    "a misspelt key": ({"replica": 2}, "replica"),
    "a misspelt key inside": ({"persistence": {"sizes": "1Gi"}}, "sizes"),
    "a size without a unit": ({"persistence": {"size": "10"}}, "size"),
    "a volume that several would share": ({"persistence": {"accessMode": "ReadWriteMany"}}, "accessMode"),
    "an unknown way of Envoy": ({"envoy": {"mode": "sidecar"}}, "mode"),
    "a digest that is none": ({"image": {"digest": "latest"}}, "digest"),
    "a secret among the settings": ({"settings": {"TRADEWIND_ADMIN_KEY": "k"}}, "TRADEWIND_ADMIN_KEY"),
    "a collector's key among the settings": ({"settings": {"OTEL_EXPORTER_OTLP_HEADERS": "a=b"}}, "OTEL_EXPORTER_OTLP_HEADERS"),
    "a family of addresses that is none": ({"service": {"ipFamilies": ["IPv5"]}}, "ipFamilies"),
    "a volume in the place of the chart's own": ({"extraVolumes": [{"name": "data", "emptyDir": {}}]}, "extraVolumes"),
    "a setting that the chart sets itself": ({"settings": {"TRADEWIND_WORKERS": 2}}, "TRADEWIND_WORKERS"),
    "a password in an address": ({"qdrant": {"url": "https://u:p@qdrant"}}, "url"),
    "an address that is none": ({"models": {"baseUrl": "models:8080"}}, "baseUrl"),
    "a port out of range": ({"service": {"port": 70000}}, "port"),
    "an ingress without a host": ({"ingress": {"enabled": True}}, "host"),
    "a drain without an end": ({"drain": {"timeoutSeconds": -1}}, "timeoutSeconds"),
    "root": ({"securityContext": {"runAsUser": 0}}, "runAsUser"),
    "servers that share no keys": ({**SEVERAL, "auth": {}}, "existingSecret"),
    "servers that share no database": ({**SEVERAL, "database": {}}, "existingSecret"),
    "servers that share no vectors": ({**SEVERAL, "qdrant": {}}, "url"),
    "growing servers that share nothing": ({"autoscaling": {"enabled": True}}, "existingSecret"),
    "a gateway in front of several workers": ({"envoy": {"mode": "gateway"}, "workers": 2}, "workers"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_wrong_values_are_refused_by_name(what: str) -> None:
    values, name = REFUSED[what]
    with pytest.raises(helm_python.HelmError) as caught:
        objects(values)
    assert name in str(caught.value)


def test_large_numbers_among_the_settings_stay_whole() -> None:
    """Helm reads a number of YAML as a float, and would write 1e+06."""
    values = {
        "settings": {"TRADEWIND_MAX_QUESTION_CHARS": 2_000_000, "OTEL_TRACES_SAMPLER_ARG": 0.25, "TRADEWIND_OFFLINE": True}
    }
    (server,) = [one for one in objects(values) if one["kind"] == "StatefulSet"]
    found = environment(server["spec"]["template"])
    assert {name: found[name]["value"] for name in values["settings"]} == {
        "TRADEWIND_MAX_QUESTION_CHARS": "2000000", "OTEL_TRACES_SAMPLER_ARG": "0.25", "TRADEWIND_OFFLINE": "true",
    }  # fmt: skip


def test_files_of_others_and_addresses_of_both_kinds() -> None:
    """A private authority's certificate for Qdrant and Postgres, in every pod; a cluster with IPv6."""
    values = {
        **SEVERAL,
        "envoy": {"mode": "gateway"},
        "settings": {"TRADEWIND_QDRANT_CA": "/etc/trust/ca.crt", "TRADEWIND_REST_HOST": "::"},
        "extraVolumes": [{"name": "trust", "configMap": {"name": "trust"}}],
        "extraVolumeMounts": [{"name": "trust", "mountPath": "/etc/trust", "readOnly": True}],
        "service": {"ipFamilyPolicy": "PreferDualStack", "ipFamilies": ["IPv6", "IPv4"]},
    }
    found = objects(values)
    for one in found:
        for version in VERSIONS:
            kubernetes_validate.validate(one, version, strict=True)
    templates = [one["spec"]["template"]["spec"] for one in found if one["kind"] in ("StatefulSet", "Deployment", "Job")]
    assert len(templates) == 3
    for spec in templates:
        assert "/etc/trust" in {mount["mountPath"] for mount in spec["containers"][0]["volumeMounts"]}
        assert "trust" in {volume["name"] for volume in spec["volumes"]}
    service = next(one for one in found if one["kind"] == "Service" and one["metadata"]["name"] == "tw-tradewind")
    assert service["spec"]["ipFamilies"] == ["IPv6", "IPv4"]


def test_a_word_for_a_number_is_the_one_thing_told() -> None:
    with pytest.raises(helm_python.HelmError) as caught:
        objects({"replicas": "two"})
    assert "at '/replicas': got string, want integer" in str(caught.value) and "existingSecret" not in str(caught.value)


def test_what_those_values_are_made_of_is_right_otherwise() -> None:
    assert objects(SEVERAL) and objects({"envoy": {"mode": "gateway"}}) and objects({})


def test_versions_are_those_of_the_package() -> None:
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text())
    version = re.search(r'^version = "(.+)"', (CHART.parents[2] / "pyproject.toml").read_text(), re.MULTILINE)
    assert version and chart["version"] == chart["appVersion"] == version.group(1)
