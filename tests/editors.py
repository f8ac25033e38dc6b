"""Ledger files as an editor sees them: read by YAML 1.2, and flagged by the schema."""

from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match
from ruamel.yaml import YAML

from ledger.reading.json_schema import schema

Tree = Any
"""Mappings, lists and scalars, typed as YAML 1.2 types them."""

_VALIDATOR = Draft7Validator(schema())


def yaml_1_2(text: str) -> Tree:
    """What another parser reads. Dates are texts, as the standard's schemas have it and ruamel.yaml has not."""
    yaml = YAML(typ="safe", pure=True)
    resolvers = yaml.resolver.versioned_resolver
    for first, found in resolvers.items():
        resolvers[first] = [(tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp")]
    return yaml.load(text)


def with_text_keys(tree: Tree) -> Tree:
    """As an editor sees the tree: a key is always a text."""
    if isinstance(tree, dict):
        return {str(key): with_text_keys(value) for key, value in tree.items()}
    return [with_text_keys(member) for member in tree] if isinstance(tree, list) else tree


def faults(text: str) -> list[str]:
    """Where an editor flags a ledger file."""
    found = _VALIDATOR.iter_errors(with_text_keys(yaml_1_2(text)))
    return sorted("/".join(map(str, (best_match([error]) or error).absolute_path)) for error in found)
