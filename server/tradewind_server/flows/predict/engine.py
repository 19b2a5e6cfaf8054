"""The port of what runs a chatflow: one engine runs chains and agents, others may run drawings of another kind.

The predictor makes the turn around it, once for all engines: ids, history, attachments, both rows of the turn, follow-up
questions, aborts, events and metadata. An engine never writes chat messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from tradewind_server.chatflows.admission import Admitted
from tradewind_server.chatflows.ports import Chatflow
from tradewind_server.flows.components import Answer, EventSink, Turn
from tradewind_server.flows.predict.messages import PredictionRequest


class PreparedRun(Protocol):
    """One call of a chatflow. :meth:`bind` comes once before :meth:`run`, which comes at most once."""

    @property
    def streams(self) -> bool:
        """Whether :meth:`run` sends tokens to a sink."""
        ...

    @property
    def memory_label(self) -> str | None:
        """The memory that holds the conversation, as answers and stored messages name it."""
        ...

    @property
    def sees_images(self) -> bool:
        """Whether images of the question reach a model."""
        ...

    @property
    def tells_steps(self) -> bool:
        """Whether :meth:`run` sends all its events itself, those of its steps among them: no ``start`` comes before them and no
        list of sources or tools behind them. What is broken off of such a run is kept by its engine, not as messages."""
        ...

    @property
    def execution_id(self) -> str:
        """Where its engine keeps what it has done, once it is bound; "" where it keeps nothing."""
        ...

    @property
    def loaded_stores(self) -> frozenset[str]:
        """Paths of files of the request that the flow reads by itself: their text need not stand before the question."""
        ...

    async def bind(self) -> None:
        """Bind the flow to its turn, which holds the whole question now, files included.

        Raises whatever can still refuse the call: nothing but the run itself can fail afterwards.
        """
        ...

    async def run(self, sink: EventSink | None) -> Answer:
        """The outcome. ``sink`` takes what is said while it is made; None: nobody listens, so whole answers are cheaper."""
        ...


class Engine(Protocol):
    """Runs the chatflows of one kind."""

    @property
    def needs_question(self) -> bool:
        """Whether a call without a question is refused."""
        ...

    async def prepare(self, admitted: Admitted, request: PredictionRequest, turn: Turn) -> PreparedRun:
        """Compile the chatflow and take the caller's overrides. ``turn`` is this call's own: the engine may change it.

        Raises ``InvalidInput`` for a drawing, an override or a field of the request that it cannot run.
        """
        ...


class Engines:
    """Which engine runs a chatflow: decided here and nowhere else, by the chatflow's type."""

    def __init__(self, chains: Engine, others: Mapping[str, Engine] | None = None) -> None:
        """``others`` holds the engines of further types (``ports.CHATFLOW_TYPES``); ``chains`` runs all the rest."""
        self._chains = chains
        self._others = dict(others or {})

    def engine(self, chatflow: Chatflow) -> Engine:
        return self._others.get(chatflow.type, self._chains)
