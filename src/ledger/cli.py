"""The command line: mounts every command of the package, and ends with the right status."""

import codecs
import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from importlib import import_module
from inspect import Parameter, signature
from io import StringIO
from pathlib import Path
from types import FrameType, ModuleType
from typing import Annotated, Any, NoReturn, TextIO
from unicodedata import is_normalized, normalize

import typer

from ledger import __version__, commands
from ledger.cache.recording import Recording, begin
from ledger.options import Color, Data, Global, NoCache
from ledger.output import CLEAN, CLOSED_PIPE, FAILED, emit, say, unwritable

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


def _wanted(words: Sequence[str]) -> str:
    """The command that is asked for, behind the options that may stand before it; empty where there is none."""
    left = iter(words)
    for word in left:
        if word in ("--data", "--color"):
            next(left, "")
        elif not word.startswith("-"):
            return word
    return ""


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
        run(**{name: _composed(value) for name, value in given.items()})

    asked = signature(run)
    more = Parameter("no_cache", Parameter.KEYWORD_ONLY, default=False, annotation=NoCache)
    command.__annotations__ = {**run.__annotations__, "no_cache": NoCache}
    command.__dict__["__signature__"] = asked.replace(parameters=[*asked.parameters.values(), more])
    return command


def _composed(value: Any) -> Any:
    """A text of the command line, or a list of them, in NFC as ledgers are read. Paths stay as the system has them."""
    if isinstance(value, list):
        return [_composed(one) for one in value]
    if not isinstance(value, str) or is_normalized("NFC", value) or os.path.lexists(value):
        return value
    return normalize("NFC", value)


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

    An error of our own, or of the system, ends with a line and status 2, never with a traceback.
    """
    heard = _end_in_good_order()
    _open_what_is_closed()
    _text_is_utf8()
    if hindrance := _hindrance():
        say(f"ledger: {hindrance}")
        sys.exit(FAILED)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # nobody's are wanted, and the search for them takes time
    recording = begin(question) if question else None
    status, fault = _run(recording)
    if fault is not None and heard:  # a library that was interrupted has made its own error of that
        status, fault = 128 + heard[0], None
    lost = _lost(sys.stdout) or _lost(sys.__stdout__)
    if lost is not None:
        status = not_printed(lost)
    elif isinstance(fault, OSError):
        where = f"'{fault.filename}': " if fault.filename else ""
        say(f"ledger: cannot go on: {where}{(fault.strerror or str(fault) or 'unknown reason').lower()}")
    elif fault is not None:
        say(f"ledger: a fault of the program itself, please report it: {type(fault).__name__}: {fault}")
        say("ledger: set LEDGER_TRACEBACK=1 to see where it happened")
    elif recording is not None:
        recording.end(status)
    _lost(sys.__stderr__)
    sys.exit(status)


def _hindrance() -> str:
    """Why the program cannot work in the way in which it was started; empty when it can."""
    if sys.flags.optimize > 1:
        return "Python runs with -OO, which leaves out texts that this program shows: use -O, or neither"
    if not Path(commands.__path__[0]).is_dir():
        return "it cannot run from inside a zip file: install it with pip"
    return ""


def _run(recording: Recording | None) -> tuple[int, Exception | None]:
    """The status that the command ends with, and the error that no command expects."""
    try:
        status = build(recording, _wanted(sys.argv[1:]))(standalone_mode=False)
    except SystemExit as ended:
        return (ended.code if isinstance(ended.code, int) else CLEAN), None
    except Exception as error:
        if hasattr(error, "show") and hasattr(error, "exit_code"):  # of typer's own click, which is not to be imported
            return _refused(error), None
        if isinstance(error, FileNotFoundError) and _is_nowhere():
            say("ledger: the current directory is not there any more: change to another one")
            return FAILED, None
        if os.environ.get("LEDGER_TRACEBACK"):
            raise
        return FAILED, error
    return (status if isinstance(status, int) else CLEAN), None


def _refused(error: Any) -> int:
    """Say what is wrong with the words of the command line, in which nothing may steer a terminal; the status."""
    told = StringIO()
    error.show(told)
    say(told.getvalue().rstrip("\n"))
    return int(error.exit_code)


def _is_nowhere() -> bool:
    """Whether the current directory was removed."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


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


def _end_in_good_order() -> list[int]:
    """Have Ctrl-C, and a plea to end, take away what is half made; what the caller wants ignored stays so.

    The status is the one by which shells know the signal: 130 for Ctrl-C, 143 for a plea to end. Gives the signals that
    come, as they do.
    """
    heard: list[int] = []

    def ended(number: int, _frame: FrameType | None) -> NoReturn:
        heard.append(number)
        raise SystemExit(128 + heard[0])

    def not_raised(told: "sys.UnraisableHookArgs") -> None:
        if heard and told.exc_type is SystemExit and hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, ended)  # Python was tidying up, and drops what is raised then: once more
            signal.setitimer(signal.ITIMER_REAL, 0.01)
        else:
            sys.__unraisablehook__(told)

    sys.unraisablehook = not_raised
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, ended)
    return heard


def _open_what_is_closed() -> None:
    """A stream that the caller has closed (`>&-`) is `None` in Python; what is printed there goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open until the end


def _text_is_utf8() -> None:
    """Text is UTF-8 on every system, unless the user chose another encoding; then what it lacks becomes `?`."""
    chosen = os.environ.get("PYTHONIOENCODING", "")
    codecs.register(_only_ascii)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            known = codecs.lookup(stream.encoding).name if chosen else "utf-8"
            stream.reconfigure(encoding="only_ascii" if known == "ascii" else known, errors="replace")


def _only_ascii(name: str) -> codecs.CodecInfo | None:
    """ASCII by a name of our own: typer takes that of ASCII for a mistake, and writes help and errors in UTF-8."""
    if name != "only_ascii":
        return None
    known = codecs.lookup("ascii")
    steps = known.incrementalencoder, known.incrementaldecoder
    return codecs.CodecInfo(known.encode, known.decode, None, None, *steps, name)
