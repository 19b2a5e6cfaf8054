"""Icons: one for each category, each a whole SVG image that runs nothing."""

from __future__ import annotations

from xml.etree import ElementTree

from tradewind_server.flows.nodes.registry import builtin_registry
from tradewind_server.rpc.node_icons import DRAWINGS, icon_of

NAMES = {"svg", "path", "rect", "circle", "ellipse"}


def test_each_category_has_its_own_drawing() -> None:
    categories = {one.category for one in builtin_registry().types()}
    assert categories <= set(DRAWINGS)
    assert icon_of("Agents") != icon_of("Tools")


def test_icons_are_images_and_no_more() -> None:
    for category in (*DRAWINGS, "Anything else"):
        root = ElementTree.fromstring(icon_of(category))
        elements = [one.tag.rpartition("}")[2] for one in root.iter()]
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert set(elements) <= NAMES
        assert len(elements) > 1
