"""What YAML becomes: data that knows its lines, with every scalar as the text that was written."""

from ledger.book import Mark

MERGE = "<<"
"""The key that copies another mapping's fields."""


class Map(dict[str, "Node"]):
    """A mapping that knows where each key (`keys_at`) and each value (`values_at`) is written.

    `faulty` are the keys with something wrong with their YAML, or with that of their values.
    """

    __slots__ = ("faulty", "keys_at", "values_at")

    def __init__(self) -> None:
        super().__init__()
        self.keys_at: dict[str, Mark] = {}
        self.values_at: dict[str, Mark] = {}
        self.faulty: set[str] = set()


class Seq(list["Node"]):
    """A list that knows where each of its members is written."""

    __slots__ = ("values_at",)

    def __init__(self) -> None:
        super().__init__()
        self.values_at: list[Mark] = []


class Refused(str):
    """Stands where a value was refused and reported, so that nothing else is said about it."""

    __slots__ = ()


Node = str | Map | Seq


def takes_fields(node: Node) -> bool:
    """Whether a merge key stands anywhere in a value: then what is not written there may be meant all the same."""
    if isinstance(node, Map):
        return MERGE in node.faulty or any(takes_fields(value) for value in node.values())
    return isinstance(node, Seq) and any(takes_fields(member) for member in node)
