"""Any prediction as a stream of events, also that of a chatflow that cannot stream."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from tradewind_server.flows.predict import events
from tradewind_server.flows.predict.events import Event
from tradewind_server.flows.predict.messages import content_of
from tradewind_server.flows.predict.predictor import Predictor, metadata_of
from tradewind_server.flows.predict.turn import PreparedPrediction


def stream_of(predictor: Predictor, prepared: PreparedPrediction) -> AsyncIterator[Sequence[Event]]:
    """The events of a prediction. A chatflow that cannot stream sends its whole answer as one token."""
    return predictor.stream(prepared) if prepared.streams else _whole(predictor, prepared)


async def _whole(predictor: Predictor, prepared: PreparedPrediction) -> AsyncIterator[Sequence[Event]]:
    result = await predictor.run(prepared)
    event_list = [Event(events.START, "")]
    for name, data in (
        (events.TOKEN, content_of(result)),
        (events.SOURCES, result.source_documents),
        (events.TOOLS, result.used_tools),
        (events.ARTIFACTS, result.artifacts),
    ):
        if data:
            event_list.append(Event(name, data))
    yield [*event_list, Event(events.METADATA, metadata_of(result)), Event(events.END, events.DONE)]
