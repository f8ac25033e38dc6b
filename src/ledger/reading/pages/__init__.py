"""The pages of the faults of reading, one module each: the docstring is the page, the dashed name the id."""

from importlib import import_module
from pkgutil import iter_modules


def pages() -> dict[str, str]:
    """Every page by the id of its fault."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {name.replace("_", "-"): _page(name) for name in names}


def _page(name: str) -> str:
    return (import_module(f"{__name__}.{name}").__doc__ or "").strip() + "\n"
