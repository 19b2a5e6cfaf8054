"""The files under ``additions/`` belong to a copy of the tree that ``test_counts.py`` makes."""

collect_ignore = ["additions"]
