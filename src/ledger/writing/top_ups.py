"""One top-up put into the line it belongs to, in the way that line is written."""

from collections.abc import Mapping

from ledger.diagnostic import Finding
from ledger.reading.yaml.document import Document
from ledger.reading.yaml.nodes import Map
from ledger.writing.editing import Edit, edited
from ledger.writing.yaml_scalars import Value


def add_top_up(text: str, path: str, line: str, top_up: Mapping[str, Value]) -> str | Finding:
    """The text of a file with one top-up more at the line of this id, a part's being its path.

    A finding says why that cannot be done, and where. Raises CannotWriteError.
    """
    return edited(text, path, [Edit(line, (top_up,))])


def unit_in_scope(document: Document, line: str) -> str | None:
    """The unit of bare amounts in a line: its own, else that of the nearest line around it."""
    unit: str | None = None
    node = document.root.get("allocations")
    for step in line.split("/"):
        node = node.get(step) if isinstance(node, Map) else None
        if isinstance(node, Map):
            own = node.get("unit")
            unit = own if isinstance(own, str) else unit
            node = node.get("parts")
    return unit
