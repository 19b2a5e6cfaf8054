from __future__ import annotations

from typing import Any

import grpc
import pytest
from google.protobuf import descriptor_pb2
from grpc_reflection.v1alpha import reflection_pb2 as pb

VERSIONS = ["v1", "v1alpha"]


async def asked(world: Any, version: str, **question: Any) -> pb.ServerReflectionResponse:
    call = world.channel.stream_stream(
        f"/grpc.reflection.{version}.ServerReflection/ServerReflectionInfo",
        request_serializer=pb.ServerReflectionRequest.SerializeToString,
        response_deserializer=pb.ServerReflectionResponse.FromString,
    )
    (answer,) = [one async for one in call(iter([pb.ServerReflectionRequest(**question)]))]
    assert isinstance(answer, pb.ServerReflectionResponse)
    return answer


def files(answer: pb.ServerReflectionResponse) -> dict[str, descriptor_pb2.FileDescriptorProto]:
    found = [
        descriptor_pb2.FileDescriptorProto.FromString(one) for one in answer.file_descriptor_response.file_descriptor_proto
    ]
    return {file.name: file for file in found}


@pytest.mark.parametrize("version", VERSIONS)
async def test_every_service_is_listed(world: Any, version: str) -> None:
    answer = await asked(world, version, list_services="")
    names = {one.name for one in answer.list_services_response.service}
    assert {"grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"} < names
    for name in names:
        described = files(await asked(world, version, file_containing_symbol=name))
        services = {f"{file.package}.{service.name}" for file in described.values() for service in file.service}
        assert name in services


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("symbol", "file"),
    [
        ("tradewind.v1.PredictionService.Predict", "tradewind/v1/prediction.proto"),
        ("tradewind.v1.PredictRequest", "tradewind/v1/prediction.proto"),
        ("tradewind.v1.PredictRequest.question", "tradewind/v1/prediction.proto"),
        ("tradewind.v1.UploadPredictRequest.part", "tradewind/v1/prediction.proto"),
        ("tradewind.v1.ErrorReason", "tradewind/v1/errors.proto"),
        ("grpc.health.v1.Health.Watch", "grpc_health/v1/health.proto"),
        ("grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING", "grpc_health/v1/health.proto"),
        ("grpc.reflection.v1.ServerReflection.ServerReflectionInfo", "grpc/reflection/v1/reflection.proto"),
        ("grpc.reflection.v1.ServerReflectionRequest", "grpc/reflection/v1/reflection.proto"),
    ],
)
async def test_whatever_has_a_name_is_found_by_it(world: Any, version: str, symbol: str, file: str) -> None:
    described = files(await asked(world, version, file_containing_symbol=symbol))
    assert file in described
    assert files(await asked(world, version, file_by_filename=file)).keys() == described.keys()


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("symbol", ["", ".", "nowhere", "tradewind.v1.PredictionService.Nothing", "tradewind.v1", "x." * 5000])
async def test_what_is_not_there_is_not_found(world: Any, version: str, symbol: str) -> None:
    answer = await asked(world, version, file_containing_symbol=symbol)
    assert answer.error_response.error_code == grpc.StatusCode.NOT_FOUND.value[0]


async def test_a_stub_of_a_method_that_streams_learns_the_reasons_of_errors(world: Any) -> None:
    described = files(await asked(world, "v1", file_containing_symbol="tradewind.v1.PredictionService.StreamPredict"))
    assert "ErrorReason" in {enum.name for enum in described["tradewind/v1/errors.proto"].enum_type}
