"""Our checks of the contract's rules, held against the library that defines them, on messages of every request type."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import protovalidate
import pytest
from google.protobuf import message_factory
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from tradewind_server.rpc.contract import load_contract
from tradewind_server.rpc.field_rules import FREE, UnknownRule, scalar_tests

CONTRACT = load_contract()
METHODS = CONTRACT.methods()
REQUESTS = {
    method.input_type.full_name: METHODS[f"/{service.full_name}/{method.name}"].check
    for service in CONTRACT.services()
    for method in service.methods
}
ROUNDS = 150
UUID = "0A8f2d3e-1111-4222-8333-444455556666"
TEXTS = ("", "a", UUID, UUID.replace("-", ""), UUID + "\n", "é" * 255, "é" * 256, "x" * 320, "x" * 321, "𝄞" * 256, "𝄞" * 257,
         "x" * 1024, "x" * 1025, "x" * 8192, "x" * 8193, "\x00")  # fmt: skip
NUMBERS = (-(2**31), -1, 0, 1, 1000, 2**31 - 1)
MAKERS: dict[int, Callable[[random.Random], Any]] = {
    FieldDescriptor.CPPTYPE_STRING: lambda dice: dice.choice(TEXTS),
    FieldDescriptor.CPPTYPE_INT32: lambda dice: dice.choice(NUMBERS),
    FieldDescriptor.CPPTYPE_INT64: lambda dice: dice.choice(NUMBERS),
    FieldDescriptor.CPPTYPE_UINT64: lambda dice: dice.choice(NUMBERS[2:]),
    FieldDescriptor.CPPTYPE_ENUM: lambda dice: dice.choice((0, 0, 1, 2, 3, 6, 7, 99)),
    FieldDescriptor.CPPTYPE_BOOL: lambda dice: dice.random() < 0.5,
}


def fill(message: Any, dice: random.Random, depth: int = 0) -> None:
    """Some of the fields, with values on both sides of the bounds."""
    for field in message.DESCRIPTOR.fields:
        if dice.random() < 0.4 or (field.message_type is not None and (depth > 2 or field.message_type.full_name in FREE)):
            continue
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            getattr(message, field.name).update(
                {name: "x" * dice.choice((0, 1, 300)) for name in TEXTS[: dice.choice((0, 2, 4))]}
            )
        elif field.is_repeated:
            count = dice.choice((0, 1, 2, 3, 17))
            for _ in range(count):
                if field.message_type is not None:
                    fill(getattr(message, field.name).add(), dice, depth + 1)
                else:
                    getattr(message, field.name).append(value_of(field, dice))
        elif field.message_type is not None:
            getattr(message, field.name).SetInParent()
            fill(getattr(message, field.name), dice, depth + 1)
        else:
            setattr(message, field.name, value_of(field, dice))


def value_of(field: FieldDescriptor, dice: random.Random) -> Any:
    if field.type == FieldDescriptor.TYPE_BYTES:
        return dice.choice((b"", b"\xff", b"{}"))
    if field.name == "chatflow_id" and dice.random() < 0.7:
        return UUID
    return MAKERS[field.cpp_type](dice)


def places(violations: Any, root: Descriptor) -> set[str]:
    """Where the library sees violations, as JSON names them."""
    found = set()
    for violation in violations:
        descriptor: Descriptor | None = root
        parts = []
        for element in violation.proto.field.elements:
            assert descriptor is not None
            field = descriptor.fields_by_name[element.field_name]
            subscript = element.subscript
            index = f"[{subscript.value}]" if subscript is not None and subscript.field == "index" else ""
            parts.append(field.json_name + index)
            descriptor = field.message_type
        found.add(".".join(parts))
    return found


def messages(name: str) -> Iterator[Any]:
    kind = message_factory.GetMessageClass(CONTRACT.pool.FindMessageTypeByName(name))
    yield kind()
    dice = random.Random(name)
    for _ in range(ROUNDS):
        message = kind()
        fill(message, dice)
        yield message


@pytest.mark.parametrize("name", sorted(REQUESTS))
def test_our_checks_and_the_library_agree(name: str) -> None:
    check = REQUESTS[name]
    validator = protovalidate.Validator()
    refused = 0
    for message in messages(name):
        expected = places(validator.collect_violations(message), message.DESCRIPTOR)
        found = check(message, "") if check is not None else None
        assert (found is None) == (not expected), f"{found} {expected} {message}"
        if found is not None:
            refused += 1
            assert found.place in expected
    if check is not None:
        assert refused > 0, "The messages break no rule of theirs, so nothing was compared."


def test_lists_have_their_bounds() -> None:
    for name, field, most in (("PredictRequest", "history", 10_000), ("ExportChatflowsRequest", "ids", 1000)):
        kind = message_factory.GetMessageClass(CONTRACT.pool.FindMessageTypeByName(f"tradewind.v1.{name}"))
        message: Any = kind()
        if name == "PredictRequest":
            message.chatflow_id = UUID
            for _ in range(most + 1):
                message.history.add(role=1)
        else:
            message.ids.extend([UUID] * (most + 1))
        check = REQUESTS[f"tradewind.v1.{name}"]
        assert check is not None
        violation = check(message, "")
        assert violation is not None and violation.place == field and str(most) in violation.sentence
        assert places(protovalidate.collect_violations(message), message.DESCRIPTOR) == {field}
        del getattr(message, field)[-1]
        assert check(message, "") is None
        assert protovalidate.collect_violations(message) == []


def test_a_rule_that_is_not_enforced_keeps_the_server_from_starting() -> None:
    rules_type = CONTRACT.pool.FindMessageTypeByName("buf.validate.FieldRules")
    field = CONTRACT.pool.FindMessageTypeByName("tradewind.v1.PredictRequest").fields_by_name["question"]
    for change in ({"string": {"email": True}}, {"string": {"max_len": 1}, "required": True}, {"cel": [{"id": "x"}]}):
        with pytest.raises(UnknownRule, match=r"PredictRequest\.question"):
            scalar_tests(field, message_factory.GetMessageClass(rules_type)(**change))
