"""Icons of node types: one plain drawing for each category of the canvas."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

SIZE = 32
FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 32 32" fill="none" '
    'stroke="{color}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{body}</svg>'
)
OTHER = ("#607080", '<circle cx="16" cy="16" r="10"/><circle cx="16" cy="16" r="3"/>')
"""Color and drawing of a category that has none of its own."""
DRAWINGS: Mapping[str, tuple[str, str]] = {
    "Agent Flows": (
        "#2a6f97",
        '<circle cx="7" cy="16" r="3"/>'
        '<circle cx="25" cy="8" r="3"/>'
        '<circle cx="25" cy="24" r="3"/>'
        '<path d="M10 15l12-6M10 17l12 6"/>',
    ),
    "Agents": (
        "#7b4fa3",
        '<rect x="7" y="11" width="18" height="14" rx="3"/><path d="M16 11V6M12 17v2M20 17v2"/><circle cx="16" cy="5" r="1"/>',
    ),
    "Cache": ("#8a6d3b", '<path d="M6 10h20M6 16h20M6 22h20"/><circle cx="10" cy="10" r="1"/><circle cx="10" cy="16" r="1"/>'),
    "Chains": (
        "#3a7d44",
        '<rect x="4" y="12" width="12" height="8" rx="4"/><rect x="16" y="12" width="12" height="8" rx="4"/>',
    ),
    "Chat Models": ("#1d70b8", '<path d="M5 7h22v14H15l-6 5v-5H5z"/><path d="M11 14h10"/>'),
    "Document Loaders": ("#b5651d", '<path d="M9 4h10l5 5v19H9z"/><path d="M19 4v5h5M13 16h7M13 21h7"/>'),
    "Embeddings": (
        "#00757f",
        '<circle cx="9" cy="9" r="2"/>'
        '<circle cx="23" cy="9" r="2"/>'
        '<circle cx="9" cy="23" r="2"/>'
        '<circle cx="23" cy="23" r="2"/>'
        '<path d="M11 11l10 10M21 11L11 21"/>',
    ),
    "Engine": (
        "#5b5ea6",
        '<circle cx="16" cy="16" r="6"/><path d="M16 4v4M16 24v4M4 16h4M24 16h4M8 8l3 3M21 21l3 3M24 8l-3 3M11 21l-3 3"/>',
    ),
    "LLMs": ("#1d70b8", '<path d="M6 6h20v20H6z"/><path d="M11 12h10M11 16h10M11 20h6"/>'),
    "Memory": ("#a0455f", '<path d="M8 8h16v16H8z"/><path d="M12 4v4M20 4v4M12 24v4M20 24v4M4 12h4M4 20h4M24 12h4M24 20h4"/>'),
    "Moderation": ("#c0392b", '<path d="M16 4l10 4v8c0 6-4 10-10 12C10 26 6 22 6 16V8z"/><path d="M12 16l3 3 6-6"/>'),
    "Output Parsers": ("#6b7d1e", '<path d="M12 6c-4 0-2 8-6 10 4 2 2 10 6 10M20 6c4 0 2 8 6 10-4 2-2 10-6 10"/>'),
    "Prompts": ("#d08700", '<path d="M6 26l3-8L22 5l5 5-13 13z"/><path d="M19 8l5 5"/>'),
    "Record Manager": ("#596275", '<path d="M7 6h18v20H7z"/><path d="M11 12l2 2 3-3M11 20l2 2 3-3M19 13h3M19 21h3"/>'),
    "Response Synthesizer": ("#5b5ea6", '<path d="M5 8h8l6 8h8M5 24h8l6-8"/>'),
    "Retrievers": ("#00757f", '<circle cx="14" cy="14" r="8"/><path d="M20 20l7 7M11 14h6"/>'),
    "Text Splitters": ("#b5651d", '<path d="M6 8h20M6 24h20M6 16h6M20 16h6"/><path d="M16 11v10"/>'),
    "Tools": ("#46627f", '<path d="M20 5a7 7 0 00-6 10L5 24l3 3 9-9a7 7 0 0010-6l-5 3-4-4 3-5z"/>'),
    "Tools (MCP)": ("#46627f", '<path d="M20 5a7 7 0 00-6 10L5 24l3 3 9-9a7 7 0 0010-6l-5 3-4-4 3-5z"/>'),
    "Utilities": ("#607080", '<path d="M11 9l-6 7 6 7M21 9l6 7-6 7M18 6l-4 20"/>'),
    "Vector Stores": (
        "#2f6f4e",
        '<ellipse cx="16" cy="8" rx="10" ry="4"/><path d="M6 8v16c0 2 4 4 10 4s10-2 10-4V8M6 16c0 2 4 4 10 4s10-2 10-4"/>',
    ),
}


@lru_cache(maxsize=64)
def icon_of(category: str) -> bytes:
    """The icon of a category, an SVG image."""
    color, body = DRAWINGS.get(category, OTHER)
    return FRAME.format(size=SIZE, color=color, body=body).encode()
