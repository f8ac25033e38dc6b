"""A record that is not plainly right, as its model judges it: what is wrong with it, and what is left of it."""

from typing import Any

from pydantic import ValidationError

from ledger.book import Mark
from ledger.diagnostic import Diagnostic
from ledger.reading.error_recovery import rest_of
from ledger.reading.model import RECORDS
from ledger.reading.validation_messages import record_faults
from ledger.reading.yaml.nodes import Node


def judged(what: str, node: Node, at: Mark, path: str) -> tuple[Any, bool, list[Diagnostic]]:
    """The record, and whether it is right; of one that is not, what is left of it, if anything is, and its faults."""
    model = RECORDS[what]
    try:
        return model.model_validate(node), True, []
    except ValidationError as error:
        faults = list(record_faults(error, model, node, at, path))
        return rest_of(model, node, error), False, faults
