"""The columns of a chatflow that hold JSON: what each setting means, and what becomes of texts that are none."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tradewind_server.access.rate_limits import RateLimit
from tradewind_server.chatflows.config import ChatflowConfig, ConfigCache, ProviderChoice, read_config
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.errors import PermissionDenied

MOMENT = datetime(2025, 1, 1, tzinfo=UTC)
COLUMNS = ("chatbot_config", "api_config", "speech_to_text", "text_to_speech", "follow_up_prompts", "analytic")
NONE_OPEN: dict[str, frozenset[str]] = {}


def chatflow(**columns: Any) -> Chatflow:
    texts = {name: one if isinstance(one, str | None) else json.dumps(one) for name, one in columns.items()}
    return Chatflow("f", "w", "Flow", "{}", "CHATFLOW", MOMENT, MOMENT, **texts)


def config(**columns: Any) -> ChatflowConfig:
    return read_config(chatflow(**columns))


@pytest.mark.parametrize("text", [None, "", "null", "[]", "7", '"x"', "{}", "\ufeff{}"])
def test_what_holds_no_settings_sets_nothing(text: str | None) -> None:
    assert config(**dict.fromkeys(COLUMNS, text)) == ChatflowConfig()


@pytest.mark.parametrize("text", ["{", "nothing", "[" * 5000, '{"a": ' * 70 + "1" + "}" * 70, "\ud800"])
def test_a_text_that_cannot_be_read_counts_as_none_and_opens_no_input(text: str) -> None:
    assert config(**dict.fromkeys(COLUMNS, text)) == replace(ChatflowConfig(), override_inputs=NONE_OPEN)


def test_settings_of_the_wrong_type_count_as_unset() -> None:
    for value in (7, "x", True, None, [], [7], {"a": 7}):
        found = config(
            chatbot_config={"allowedOrigins": value, "postProcessing": value},
            api_config={"rateLimit": value},
            speech_to_text={"openAIWhisper": value},
            text_to_speech={"openai": value},
            follow_up_prompts={"status": True, "selectedProvider": "chatOpenAI", "other": value},
            analytic={"langFuse": value},
        )
        assert replace(found, chatbot={}) == ChatflowConfig()


def test_a_mark_in_front_of_the_text_hides_no_list_of_pages() -> None:
    allowed = config(chatbot_config="\ufeff" + json.dumps({"allowedOrigins": ["https://good.example"]})).origins
    allowed.check("https://good.example")
    with pytest.raises(PermissionDenied):
        allowed.check("https://evil.example")


def test_chatbot_config_holds_the_look_the_pages_and_the_post_processing() -> None:
    column = {"welcomeMessage": "Hi", "allowedOrigins": ["a.example"], "postProcessing": {"enabled": True}}
    found = config(chatbot_config=column)
    assert (found.chatbot, found.post_processes) == (column, True)
    assert found.origins.origins == (("", "a.example", None),)
    for off in (False, "true", 1, None):
        assert not config(chatbot_config={"postProcessing": {"enabled": off}}).post_processes


def test_api_config_holds_the_rate_limit_and_what_callers_may_override() -> None:
    limit = {"status": True, "limitMax": 2, "limitDuration": 60, "limitMsg": "Slow"}
    nodes = {"Chain": [{"name": "a", "enabled": True}, {"name": "b", "enabled": False}, "c"], "Other": "x"}
    variables = [{"name": "city", "enabled": True}, {"name": "no", "enabled": "true"}]
    found = config(api_config={"rateLimit": limit, "overrideConfig": {"status": True, "nodes": nodes, "variables": variables}})
    assert found.rate_limit == RateLimit(2, 60, "Slow")
    assert found.override_inputs == {"Chain": frozenset({"a"}), "Other": frozenset()}
    assert found.override_variables == frozenset({"city"})


@pytest.mark.parametrize(
    ("override", "opened"),
    [(None, None), ({}, NONE_OPEN), ({"status": False}, NONE_OPEN), ({"status": "true"}, NONE_OPEN), ("x", NONE_OPEN),
     ({"status": True}, NONE_OPEN), ({"status": True, "nodes": []}, NONE_OPEN)],
)  # fmt: skip
def test_a_list_that_was_set_up_and_is_off_opens_nothing(override: Any, opened: Any) -> None:
    assert config(api_config={"overrideConfig": override}).override_inputs == opened


def test_the_first_provider_that_is_on_hears_recordings() -> None:
    off, on, text = {"status": False}, {"status": True, "language": "es"}, {"status": "true"}
    found = config(speech_to_text={"none": off, "azureCognitive": off, "openAIWhisper": on, "groqWhisper": on})
    assert (found.speech, found.offers_speech) == (ProviderChoice("openAIWhisper", on), True)
    found = config(speech_to_text={"groqWhisper": text})
    assert (found.speech, found.offers_speech) == (ProviderChoice("groqWhisper", text), False)
    assert not config(speech_to_text={"none": on}).offers_speech


def test_providers_that_are_on_are_named() -> None:
    assert config(text_to_speech={"openai": {"status": True}}).reads_aloud
    assert not config(text_to_speech={"openai": {"status": "true"}}).reads_aloud
    found = config(analytic={"langFuse": {"status": True}, "langSmith": {"status": False}, "lunary": {"status": True}})
    on = {"status": True}
    assert found.analytics == (ProviderChoice("langFuse", on), ProviderChoice("lunary", on))
    settings = {"prompt": "p"}
    column = {"status": True, "selectedProvider": "groqChat", "groqChat": settings}
    assert config(follow_up_prompts=column).follow_up == ProviderChoice("groqChat", settings)
    assert config(follow_up_prompts={**column, "status": "true"}).follow_up is None
    assert config(follow_up_prompts={**column, "selectedProvider": ["groqChat"]}).follow_up is None


def test_a_version_is_read_once_and_a_new_one_anew() -> None:
    configs, first = ConfigCache(most=2), chatflow(analytic={"langFuse": {"status": True}})
    found = configs.config(first)
    assert configs.config(first) is found
    changed = replace(first, version=2, analytic=None)
    assert configs.config(changed).analytics == ()
    assert configs.config(first) is found
    configs.config(replace(first, version=3))
    assert configs.config(first) is found, "what was used last stays"
    assert configs.config(changed) == ChatflowConfig()
