"""The node's collection configuration as Qdrant's create-collection request."""

from __future__ import annotations

import json
from typing import Any

import pytest
from qdrant_client import models
from qdrant_client.conversions.conversion import RestToGrpc
from tradewind_server.access.ports import DEFAULT_WORKSPACE
from tradewind_server.errors import InvalidInput
from tradewind_server.flows.vector_ports import CollectionSpec
from tradewind_server.vectors.configuration import creation
from tradewind_server.vectors.payloads import fields_of


def request(config: Any = None, **other: Any) -> Any:
    text = config if isinstance(config, str | None) else json.dumps(config)
    return creation("docs", 4, CollectionSpec(DEFAULT_WORKSPACE, "docs", "small-model", config=text, **other))


def test_without_a_configuration_it_is_size_distance_and_model() -> None:
    made = request(distance="Euclid")
    assert {field.name for field, _ in made.ListFields()} == {"collection_name", "vectors_config", "metadata"}
    assert (made.vectors_config.params.size, made.vectors_config.params.distance) == (4, 2)
    assert fields_of(made.metadata) == {"embedding_model": "small-model"}


@pytest.mark.parametrize(
    ("key", "field", "model", "value"),
    [
        ("hnsw_config", "hnsw_config", models.HnswConfigDiff, {"m": 8, "ef_construct": 64, "on_disk": True}),
        ("wal_config", "wal_config", models.WalConfigDiff, {"wal_capacity_mb": 64}),
        (
            "optimizers_config",
            "optimizers_config",
            models.OptimizersConfigDiff,
            {"indexing_threshold": 50_000, "deleted_threshold": 0.5, "default_segment_number": 2},
        ),
        ("optimizers_config", "optimizers_config", models.OptimizersConfigDiff, {"max_optimization_threads": "auto"}),
        (
            "quantization_config",
            "quantization_config",
            models.ScalarQuantization,
            {"scalar": {"type": "int8", "quantile": 0.5, "always_ram": True}},
        ),
        ("quantization_config", "quantization_config", models.ProductQuantization, {"product": {"compression": "x16"}}),
        (
            "quantization_config",
            "quantization_config",
            models.BinaryQuantization,
            {"binary": {"encoding": "one_and_half_bits", "query_encoding": "scalar4bits"}},
        ),
        ("strict_mode_config", "strict_mode_config", models.StrictModeConfig, {"enabled": True, "max_query_limit": 50}),
    ],
    ids=str,
)
def test_each_part_is_the_message_of_qdrants_own_client(key: str, field: str, model: Any, value: Any) -> None:
    made = getattr(request({key: value}), field)
    converters = {
        models.HnswConfigDiff: RestToGrpc.convert_hnsw_config_diff,
        models.WalConfigDiff: RestToGrpc.convert_wal_config_diff,
        models.OptimizersConfigDiff: RestToGrpc.convert_optimizers_config_diff,
        models.StrictModeConfig: RestToGrpc.convert_strict_mode_config,
    }
    theirs = converters.get(model, RestToGrpc.convert_quantization_config)(model.model_validate(value))
    assert made == theirs


def test_a_number_of_threads_may_be_auto_or_a_number() -> None:
    assert request({"optimizers_config": {"max_optimization_threads": 2}}).optimizers_config.max_optimization_threads.value == 2


def test_plain_values_and_the_vectors_other_options_apply() -> None:
    made = request(
        {
            "shard_number": 3,
            "replication_factor": 2,
            "write_consistency_factor": 1,
            "on_disk_payload": False,
            "sharding_method": "auto",
            "metadata": {"owner": "team"},
            "vectors": {"size": 99, "distance": "Dot", "on_disk": True, "datatype": "float16", "hnsw_config": {"m": 0}},
        }
    )
    assert (made.shard_number, made.replication_factor, made.write_consistency_factor, made.on_disk_payload) == (3, 2, 1, False)
    vectors = made.vectors_config.params
    assert (vectors.size, vectors.distance, vectors.on_disk, vectors.hnsw_config.m) == (4, 1, True, 0)
    assert fields_of(made.metadata) == {"owner": "team", "embedding_model": "small-model"}


@pytest.mark.parametrize(
    ("config", "word"),
    [
        ({"vectors": {"image": {"size": 4}}}, "vectors.image"),
        ({"collection_name": "other"}, "collection_name"),
        ({"sparse_vectors_config": {}}, "sparse_vectors_config"),
        ({"hnsw_config": {"m": -1}}, "hnsw_config.m"),
        ({"hnsw_config": {"m": 8.5}}, "hnsw_config.m"),
        ({"hnsw_config": {"on_disk": "yes"}}, "hnsw_config.on_disk"),
        ({"shard_number": 2**40}, "shard_number"),
        ({"quantization_config": {"scalar": {"type": "int4"}}}, "quantization_config.scalar.type"),
        ({"optimizers_config": {"max_optimization_threads": "many"}}, "optimizers_config.max_optimization_threads"),
        ({"metadata": {"big": 2**80}}, "metadata"),
        ("3", "JSON object"),
    ],
)
def test_what_qdrant_would_not_take_is_refused_at_its_place(config: Any, word: str) -> None:
    with pytest.raises(InvalidInput, match="collection configuration") as caught:
        request(config)
    assert word in caught.value.message
