"""The chat model nodes of the canvas, a row each, with Flowise's names of nodes, inputs and credential fields."""

from __future__ import annotations

import re
from dataclasses import replace

from tradewind_server.flows.nodes.models.chat_row import (
    OPENAI_SETTINGS,
    STOP,
    TEMPERATURE,
    TOP_P,
    ChatProvider,
    RowValues,
    Setting,
    texts_of,
)
from tradewind_server.flows.nodes.spec import Input, NodeInputs

REASONING_MODEL = re.compile(r"(o\d|gpt-5(?!.*chat))")
EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh")
THINKING_EFFORTS = ("low", "medium", "high", "xhigh", "max")
THINKING_LEVELS = ("minimal", "low", "medium", "high")
LEAST_BUDGET = 1024
MAX_TOKENS = Setting("maxTokens", "integer", "max_tokens", least=1)


def reason(inputs: NodeInputs, model: str, common: RowValues, own: RowValues) -> None:
    """OpenAI's reasoning models refuse a temperature and stops, and name the limit of an answer in another way."""
    reasoning = inputs.flag("reasoning")
    if reasoning and inputs.is_set("reasoningEffort"):
        common["reasoning_effort"] = inputs.choice("reasoningEffort", {effort: effort for effort in EFFORTS}, "medium")
    if not reasoning and not REASONING_MODEL.match(model):
        return
    for name in ("temperature", "top_p", "stop"):
        common.pop(name, None)
    if "max_tokens" in common:
        common["max_completion_tokens"] = common.pop("max_tokens")


def think_as_claude(inputs: NodeInputs, model: str, common: RowValues, own: RowValues) -> None:
    if inputs.is_set("thinkingEffort"):
        own["effort"] = inputs.choice("thinkingEffort", {effort: effort for effort in THINKING_EFFORTS}, "high")
    if inputs.flag("adaptiveThinking"):
        own["adaptive_thinking"] = True
    elif inputs.flag("extendedThinking"):
        own["thinking_budget"] = max(LEAST_BUDGET, inputs.integer("budgetTokens", 1) or LEAST_BUDGET)


def guard_as_gemini(inputs: NodeInputs, model: str, common: RowValues, own: RowValues) -> None:
    """Categories and thresholds are two lists of the canvas that belong together, one by one."""
    categories, limits = texts_of(inputs, "harmCategory"), texts_of(inputs, "harmBlockThreshold")
    if len(categories) != len(limits):
        raise inputs.wrong_input("harmBlockThreshold", "as many thresholds as there are categories")
    if categories:
        own["safety"] = tuple(zip(categories, limits, strict=True))
    if inputs.is_set("thinkingLevel"):
        own["thinkingLevel"] = inputs.choice("thinkingLevel", {level: level for level in THINKING_LEVELS}, "high")
    custom = inputs.optional_text("customModelName")
    if custom:
        own["model"] = custom


def write_json(inputs: NodeInputs, model: str, common: RowValues, own: RowValues) -> None:
    if inputs.flag("jsonMode"):
        own["format"] = "json"


AZURE_FIELDS = ("azureOpenAIApiInstanceName", "azureOpenAIApiDeploymentName", "azureOpenAIApiVersion")
REASONING = (
    Input("reasoning", "flag"),
    Input("reasoningEffort", "choice"),
    Input("reasoningSummary", has_no_effect=True),
    Input("imageResolution", has_no_effect=True),
)
OLLAMA_OPTIONS = (
    Setting("topK", "integer", "top_k", own=True),
    Setting("mirostat", "integer", "mirostat", own=True),
    Setting("mirostatEta", "number", "mirostat_eta", own=True),
    Setting("mirostatTau", "number", "mirostat_tau", own=True),
    Setting("numCtx", "integer", "num_ctx", own=True),
    Setting("numGpu", "integer", "num_gpu", own=True, least=-1),
    Setting("numThread", "integer", "num_thread", own=True),
    Setting("repeatLastN", "integer", "repeat_last_n", own=True, least=-1),
    Setting("repeatPenalty", "number", "repeat_penalty", own=True),
    Setting("tfsZ", "number", "tfs_z", own=True),
    Setting("keepAlive", "text", "keep_alive", own=True),
)
OLLAMA_SETTINGS = (TEMPERATURE, TOP_P, Setting("stop", "list", "stop"), *OLLAMA_OPTIONS)
PERPLEXITY_SETTINGS = (
    *OPENAI_SETTINGS,
    Setting("topK", "integer", "top_k", own=True),
    Setting("searchDomainFilter", "json", "search_domain_filter", own=True),
    Setting("returnImages", "flag", "return_images", own=True),
    Setting("returnRelatedQuestions", "flag", "return_related_questions", own=True),
    Setting("searchRecencyFilter", "text", "search_recency_filter", own=True),
)
HUGGING_FACE_SETTINGS = (
    TEMPERATURE,
    MAX_TOKENS,
    TOP_P,
    Setting("hfTopK", "integer", "top_k", own=True),
    Setting("frequencyPenalty", "number", "frequency_penalty"),
    replace(STOP, input="stop"),
)

CHAT_PROVIDERS = (
    ChatProvider(
        node="chatOpenAI",
        label="ChatOpenAI",
        provider="openai",
        key="openAIApiKey",
        model="gpt-4o-mini",
        url="basepath",
        others=(*REASONING, Input("strictToolCalling", "flag", has_no_effect=True), Input("proxyUrl", has_no_effect=True)),
        adjust=reason,
        streams=True,
        follow_up="chatOpenAI",
    ),
    ChatProvider(
        node="chatOpenAICustom",
        label="ChatOpenAI Custom",
        provider="openai",
        key="openAIApiKey",
        url="basepath",
        streams=True,
    ),
    ChatProvider(
        node="azureChatOpenAI",
        label="Azure ChatOpenAI",
        provider="azure",
        key="azureOpenAIApiKey",
        model="gpt-4o-mini",
        url="basepath",
        fields=AZURE_FIELDS,
        others=REASONING,
        adjust=reason,
        streams=True,
        follow_up="azureChatOpenAI",
    ),
    ChatProvider(
        node="chatAnthropic",
        label="ChatAnthropic",
        provider="anthropic",
        key="anthropicApiKey",
        model="claude-haiku-4-5",
        settings=(
            TEMPERATURE,
            Setting("maxTokensToSample", "integer", "max_tokens", least=1),
            TOP_P,
            Setting("topK", "integer", "top_k", own=True),
        ),
        others=(
            Input("extendedThinking", "flag"),
            Input("budgetTokens", "number"),
            Input("adaptiveThinking", "flag"),
            Input("thinkingEffort", "choice"),
        ),
        adjust=think_as_claude,
        streams=True,
        follow_up="chatAnthropic",
    ),
    ChatProvider(
        node="chatGoogleGenerativeAI",
        label="ChatGoogleGenerativeAI",
        provider="google",
        key="googleGenerativeAPIKey",
        model="gemini-2.5-flash",
        url="baseUrl",
        settings=(
            TEMPERATURE,
            Setting("maxOutputTokens", "integer", "max_tokens", least=1),
            TOP_P,
            Setting("topK", "integer", "topK", own=True),
            Setting("thinkingBudget", "integer", "thinkingBudget", own=True, least=-1),
        ),
        others=(
            Input("customModelName"),
            Input("thinkingLevel", "choice"),
            Input("harmCategory", "json"),
            Input("harmBlockThreshold", "json"),
        ),
        adjust=guard_as_gemini,
        streams=True,
        follow_up="chatGoogleGenerativeAI",
    ),
    ChatProvider(
        node="chatOllama",
        label="ChatOllama",
        provider="ollama",
        key="ollamaApiKey",
        url="baseUrl",
        settings=(*OLLAMA_SETTINGS, Setting("think", "flag", "think", own=True)),
        others=(Input("jsonMode", "flag"),),
        adjust=write_json,
        streams=True,
        follow_up="ollama",
    ),
    ChatProvider(
        node="chatMistralAI",
        label="ChatMistralAI",
        provider="mistral",
        key="mistralAIAPIKey",
        model="mistral-tiny",
        url="overrideEndpoint",
        settings=(
            TEMPERATURE,
            Setting("maxOutputTokens", "integer", "max_tokens", least=1),
            TOP_P,
            Setting("randomSeed", "integer", "random_seed", own=True),
            Setting("safeMode", "flag", "safe_prompt", own=True),
        ),
        streams=True,
        follow_up="chatMistralAI",
    ),
    ChatProvider(
        node="groqChat",
        label="GroqChat",
        provider="groq",
        key="groqApiKey",
        others=(Input("reasoningEffort", has_no_effect=True),),
        streams=True,
        follow_up="groqChat",
    ),
    ChatProvider(node="chatLocalAI", label="ChatLocalAI", provider="localai", key="localAIApiKey", url="basePath"),
    ChatProvider(node="chatDeepseek", label="ChatDeepseek", provider="deepseek", key="deepseekApiKey", model="deepseek-chat"),
    ChatProvider(node="chatOpenRouter", label="ChatOpenRouter", provider="openrouter", key="openRouterApiKey", url="basepath"),
    ChatProvider(node="chatXAI", label="ChatXAI", provider="xai", key="xaiApiKey"),
    ChatProvider(
        node="chatTogetherAI",
        label="ChatTogetherAI",
        provider="together",
        key="togetherAIApiKey",
        streams=True,
    ),
    ChatProvider(
        node="chatFireworks",
        label="ChatFireworks",
        provider="fireworks",
        key="fireworksApiKey",
        model="accounts/fireworks/models/llama-v3p1-8b-instruct",
        streams=True,
    ),
    ChatProvider(
        node="chatPerplexity",
        label="ChatPerplexity",
        provider="perplexity",
        key="perplexityApiKey",
        model="sonar",
        model_input="model",
        settings=PERPLEXITY_SETTINGS,
        others=(Input("proxyUrl", has_no_effect=True),),
    ),
    ChatProvider(node="chatCerebras", label="ChatCerebras", provider="cerebras", key="cerebrasApiKey", url="basepath"),
    ChatProvider(node="chatNvidiaNIM", label="Chat Nvidia NIM", provider="nvidia", key="nvidiaNIMApiKey", url="basePath"),
    ChatProvider(
        node="chatLitellm",
        label="ChatLitellm",
        provider="litellm",
        key="litellmApiKey",
        url="basePath",
        others=(Input("imageResolution", has_no_effect=True),),
    ),
    ChatProvider(
        node="chatAlibabaTongyi",
        label="ChatAlibabaTongyi",
        provider="alibaba",
        key="alibabaApiKey",
        model="qwen-plus",
        streams=True,
    ),
    ChatProvider(
        node="chatCohere",
        label="ChatCohere",
        provider="cohere",
        key="cohereApiKey",
        model="command-r7b-12-2024",
        settings=(TEMPERATURE, MAX_TOKENS),
        streams=True,
    ),
    ChatProvider(
        node="chatSambanova",
        label="ChatSambanova",
        provider="sambanova",
        key="sambanovaApiKey",
        model="Meta-Llama-3.3-70B-Instruct",
        url="basepath",
    ),
    ChatProvider(
        node="chatCometAPI",
        label="ChatCometAPI",
        provider="cometapi",
        key="cometApiKey",
        model="gpt-5-mini",
        adjust=reason,
        streams=True,
    ),
    ChatProvider(
        node="chatCloudflareWorkersAI",
        label="ChatCloudflareWorkersAI",
        provider="cloudflare",
        key="cloudflareApiToken",
        model="@cf/meta/llama-3.1-8b-instruct-fast",
        model_input="model",
        url="baseUrl",
        fields=("cloudflareAccountId",),
    ),
    ChatProvider(
        node="chatHuggingFace",
        label="ChatHuggingFace",
        provider="huggingface",
        key="huggingFaceApiKey",
        url="endpoint",
        model_input="model",
        settings=HUGGING_FACE_SETTINGS,
    ),
)
NODES = tuple(row.node_type() for row in CHAT_PROVIDERS)
