"""The command line: mounts every command of the package, and ends with the right status."""

import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import FrameType
from typing import Annotated, NoReturn, TextIO

import typer

from ledger import __version__, commands
from ledger.options import CLEAN, CLOSED_PIPE, FAILED, INTERRUPTED, Color, Data, Global, emit, say, unwritable

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
        emit(f"ledger {__version__} (gender-budget-ledger)\n", None)
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
    _open_what_is_closed()
    _text_is_utf8()
    status, fault = _run()
    lost = _lost(sys.__stdout__)
    if isinstance(lost, BrokenPipeError):
        status = CLOSED_PIPE
    elif lost is not None:
        say(unwritable(lost))
        status = FAILED
    elif fault is not None:
        say(f"ledger: a fault of the program itself, please report it: {type(fault).__name__}: {fault}")
        say("ledger: set LEDGER_TRACEBACK=1 to see where it happened")
    _lost(sys.__stderr__)
    sys.exit(status)


def _run() -> tuple[int, Exception | None]:
    """The status that the command ends with, and the error that no command expects."""
    try:
        build()()
    except SystemExit as ended:
        return (ended.code if isinstance(ended.code, int) else CLEAN), None
    except Exception as error:
        if os.environ.get("LEDGER_TRACEBACK"):
            raise
        return FAILED, error
    return CLEAN, None


def _lost(stream: TextIO | None) -> OSError | None:
    """Why what was printed did not get out, if so; then the rest goes nowhere, and the interpreter ends in silence."""
    if stream is None:
        return None
    try:
        stream.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return error
    return None


def _interrupted(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(INTERRUPTED)


def _open_what_is_closed() -> None:
    """A stream that the caller has closed (`>&-`) is `None` in Python; what is printed there goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open until the end


def _text_is_utf8() -> None:
    """Text is UTF-8 on every system, unless the user chose another encoding; then what it lacks becomes `?`."""
    chosen = os.environ.get("PYTHONIOENCODING", "")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace") if chosen else stream.reconfigure(encoding="utf-8", errors="replace")
