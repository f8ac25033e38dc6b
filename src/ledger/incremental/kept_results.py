"""What quiet files came to, remembered from one run to the next by the digest of their bytes."""

import json
from collections.abc import Mapping
from pathlib import Path

from msgspec import MsgspecError
from msgspec.msgpack import decode, encode

from ledger.book import Book
from ledger.cache.answer import program
from ledger.cache.folder import digest, get, put
from ledger.incremental.single_file import Piece


class Memory:
    """The memory of one ledger: `on` says whether anything is remembered at all.

    What a file comes to depends on its bytes, the program, and of the registers on the currency and the goals alone.
    """

    def __init__(self, directory: Path, registers: Book, *, on: bool) -> None:
        self._on = on
        goals = [[goal.id, goal.valid_from, goal.valid_until] for goal in registers.goals.values()]
        key = json.dumps([program(), str(directory.resolve()), registers.currency, goals])
        self._name = f"pieces-{digest(key.encode())}"

    def recall(self) -> dict[str, Piece]:
        """What each file came to, by its digest; empty when there is nothing that can be relied on."""
        data = get(self._name) if self._on else None
        try:
            return decode(data, type=dict[str, Piece]) if data else {}
        except (MsgspecError, ValueError, RecursionError):
            return {}

    def keep(self, pieces: Mapping[str, Piece]) -> None:
        """Remember what each file came to, and nothing else."""
        if self._on:
            put(self._name, encode(pieces))
