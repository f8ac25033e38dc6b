"""The command line: mounts every command of the package, and ends with the right status."""

import os
import signal
import sys
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from inspect import Parameter, signature
from pathlib import Path
from types import FrameType, ModuleType
from typing import Annotated, Any, NoReturn, TextIO

import typer

from ledger import __version__, commands
from ledger.cache.recording import Recording, begin
from ledger.options import (
    CLEAN,
    CLOSED_PIPE,
    FAILED,
    INTERRUPTED,
    Color,
    Data,
    Global,
    NoCache,
    emit,
    say,
    unwritable,
)

_HELP = """A budget ledger for public money: gender-equality appropriations, who states them, and whether they add up.

\b
  ledger summary 2024            the year's money, level by level
  ledger check                   does everything add up, and who says so
  ledger show ID                 how a figure comes about
"""


def build(recording: Recording | None = None, wanted: str = "") -> typer.Typer:
    """The program, with one command for every module of `ledger.commands`, or only the one that is `wanted`.

    A recording is told how a run goes.
    """
    app = typer.Typer(
        name="ledger",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    found = _commands(wanted)
    app.callback(help=_HELP)(_before(recording, {name for name, module in found.items() if _can_be_kept(module)}))
    for name, module in found.items():
        app.command(name)(_with_no_cache(module.run))
    return app


def _commands(wanted: str) -> dict[str, ModuleType]:
    """Every public module of the package is a command: its function `run`, under the module's name.

    The one that is wanted spares the others' import; when there is none of that name, all are needed.
    """
    names = sorted(module.stem for module in Path(commands.__path__[0]).glob("[!_]*.py"))
    chosen = [name for name in names if _called(name) == wanted] or names
    return {_called(name): import_module(f"{commands.__name__}.{name}") for name in chosen}


def _called(module: str) -> str:
    return module.removesuffix("_").replace("_", "-")


def _can_be_kept(module: ModuleType) -> bool:
    """Whether what the command prints depends on its words and one ledger alone, and it changes nothing."""
    return bool(getattr(module, "ANSWERS", False))


def _with_no_cache(run: Callable[..., None]) -> Callable[..., None]:
    """The command with one option more, which every command has; it has been obeyed before typer reads it."""

    @wraps(run)
    def command(**given: Any) -> None:
        del given["no_cache"]
        run(**given)

    asked = signature(run)
    more = Parameter("no_cache", Parameter.KEYWORD_ONLY, default=False, annotation=NoCache)
    command.__annotations__ = {**run.__annotations__, "no_cache": NoCache}
    command.__dict__["__signature__"] = asked.replace(parameters=[*asked.parameters.values(), more])
    return command


def _version(*, wanted: bool) -> None:
    if wanted:
        emit(f"ledger {__version__} (gender-budget-ledger)\n", None)
        raise typer.Exit


def _before(recording: Recording | None, kept: set[str]) -> Callable[..., None]:
    """What comes before every command: the options that may stand there."""

    def before(
        ctx: typer.Context,
        data: Data = None,
        color: Color = None,
        no_cache: NoCache = False,  # noqa: FBT002 - typer passes options by name
        version: Annotated[  # noqa: FBT002 - as above
            bool,
            typer.Option(
                "--version", callback=lambda value: _version(wanted=value), is_eager=True, help="The version."
            ),
        ] = False,
    ) -> None:
        del version, no_cache
        if recording is not None and ctx.invoked_subcommand in kept:
            recording.vouch()
        ctx.obj = Global(data, color, recording)

    return before


def main(question: str | None = None) -> None:
    """Run the command line, and keep its answer under the question's name.

    An error of our own ends with one line and status 2, never with a traceback.
    """
    signal.signal(signal.SIGINT, _interrupted)
    _open_what_is_closed()
    _text_is_utf8()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # nobody's are wanted, and the search for them takes time
    recording = begin(question) if question else None
    status, fault = _run(recording)
    lost = _lost(sys.stdout) or _lost(sys.__stdout__)
    if lost is not None:
        status = not_printed(lost)
    elif fault is not None:
        say(f"ledger: a fault of the program itself, please report it: {type(fault).__name__}: {fault}")
        say("ledger: set LEDGER_TRACEBACK=1 to see where it happened")
    elif recording is not None:
        recording.end(status)
    _lost(sys.__stderr__)
    sys.exit(status)


def _run(recording: Recording | None) -> tuple[int, Exception | None]:
    """The status that the command ends with, and the error that no command expects."""
    try:
        build(recording, next(iter(sys.argv[1:]), ""))()
    except SystemExit as ended:
        return (ended.code if isinstance(ended.code, int) else CLEAN), None
    except Exception as error:
        if os.environ.get("LEDGER_TRACEBACK"):
            raise
        return FAILED, error
    return CLEAN, None


def not_printed(error: OSError) -> int:
    """The status when standard output did not take what was printed, which is said unless its reader is gone."""
    _lost(sys.stdout)
    if isinstance(error, BrokenPipeError):
        return CLOSED_PIPE
    say(unwritable(error))
    return FAILED


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
