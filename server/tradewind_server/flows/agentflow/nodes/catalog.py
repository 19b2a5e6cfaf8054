"""The steps of agent flows by the name of their node type: what the modules beside this one list in ``STEPS``."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from tradewind_server.flows.agentflow import nodes
from tradewind_server.flows.agentflow.step import StepType


def step_types() -> Mapping[str, StepType]:
    modules = [import_module(f"{nodes.__name__}.{one.name}") for one in iter_modules(nodes.__path__)]
    return {step.name: step for module in modules for step in getattr(module, "STEPS", ())}
