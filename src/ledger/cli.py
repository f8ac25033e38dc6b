"""The command line: mounts every command of the package, and ends with the right status."""

import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from types import FrameType
from typing import Annotated, NoReturn

import typer

from ledger import __version__, commands
from ledger.options import FAILED, INTERRUPTED, Color, Data, Global, say

_HELP = """A budget ledger for public money: gender-equality appropriations, who states them, and whether they add up.

\b
  ledger summary 2024            the year's money, level by level
  ledger check                   does everything add up, and who says so
  ledger show ID                 how a figure comes about
"""


def build() -> typer.Typer:
    """The program, with one command for every module of `ledger.commands`."""
    app = typer.Typer(
        name="ledger",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(help=_HELP)(_before)
    for name, run in _commands():
        app.command(name, no_args_is_help=getattr(run, "needs_arguments", False))(run)
    return app


def _commands() -> list[tuple[str, Callable[..., None]]]:
    """Every public module of the package is a command: its function `run`, under the module's name."""
    names = [module.name for module in iter_modules(commands.__path__) if not module.name.startswith("_")]
    return [(_called(name), import_module(f"{commands.__name__}.{name}").run) for name in sorted(names)]


def _called(module: str) -> str:
    return module.removesuffix("_").replace("_", "-")


def _version(*, wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"ledger {__version__} (gender-budget-ledger)\n")
        raise typer.Exit


def _before(
    ctx: typer.Context,
    data: Data = None,
    color: Color = None,
    version: Annotated[  # noqa: FBT002 - typer passes options by name
        bool,
        typer.Option("--version", callback=lambda value: _version(wanted=value), is_eager=True, help="The version."),
    ] = False,
) -> None:
    del version
    ctx.obj = Global(data, color)


def main() -> None:
    """Run the command line; an error of our own ends with one line and status 2, never with a traceback."""
    signal.signal(signal.SIGINT, _interrupted)
    _text_is_utf8()
    try:
        build()()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except Exception as error:
        if os.environ.get("LEDGER_TRACEBACK"):
            raise
        say(f"ledger: a fault of the program itself, please report it: {type(error).__name__}: {error}")
        say("ledger: set LEDGER_TRACEBACK=1 to see where it happened")
        sys.exit(FAILED)


def _interrupted(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(INTERRUPTED)


def _text_is_utf8() -> None:
    """Text is UTF-8 on every system, unless the user chose another encoding; then what it lacks becomes `?`."""
    chosen = os.environ.get("PYTHONIOENCODING", "")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace") if chosen else stream.reconfigure(encoding="utf-8", errors="replace")
