"""The run of the checks behind `ledger check`, and what it prints."""

import os
import sys
from pathlib import Path

import typer
from msgspec.structs import replace

from ledger.checks import Outcome
from ledger.commands._ci import FROM_ROOT, format_for, from_git_root, write_summary
from ledger.commands._open_ledger import check_files, find, forget, today
from ledger.incremental import Asked, Checked, Clock
from ledger.options import Global
from ledger.output import FAILED, FOUND, counted, emit, fail, say, unless_closed


def check(
    ctx: typer.Context,
    form: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    *,
    since: str | None,
    strict: bool,
    stats: bool,
    output: Path | None,
    data: Path | None,
    color: str | None,
) -> None:
    """Run the checks on the ledger that is meant, print what they found, and end with the status that says it."""
    form = form or format_for(os.environ, piped=output is None and not sys.stdout.isatty())
    found = find(ctx, data, or_shipped=False)
    asked = Asked(select, ignore, today())
    checked = check_files(found, asked)
    outcome = checked.outcome
    _end_if_refused(outcome)
    news = ""
    if since is not None:
        from ledger.commands._check_since import only_new

        forget(ctx)
        outcome, news = only_new(outcome, since, found.directory, asked)
    if form in FROM_ROOT:
        forget(ctx)
        outcome = replace(outcome, diagnostics=tuple(from_git_root(outcome.diagnostics, found.directory)))
    _print(ctx, outcome, form, output, color)
    _tell(checked, outcome, form, news, to_file=output is not None)
    if stats:
        forget(ctx)
        asked.clock.note("printing")
        _tell_times(asked.clock)
    for message in outcome.failed:
        say(f"ledger: {message}")
    if outcome.failed:
        raise typer.Exit(FAILED)
    if outcome.errors or (strict and outcome.warnings):
        raise typer.Exit(FOUND)


def _print(ctx: typer.Context, outcome: Outcome, form: str, output: Path | None, color: str | None) -> None:
    from ledger.render import CannotWriteError
    from ledger.render import load as load_format

    before = ctx.obj if isinstance(ctx.obj, Global) else Global()
    color = color or before.color or "auto"
    if form == "text" and not outcome.diagnostics:
        emit("", output)
        return
    if form == "text" and output is None and (sys.stdout.isatty() or color == "always"):
        from ledger.render._terminal import console_for
        from ledger.render._terminal import findings as in_terminal

        with unless_closed():
            in_terminal(outcome.diagnostics, console_for(color))
        return
    try:
        write = load_format(form).findings
        if write is None:
            fail(f"findings cannot be written as {form}")
        written = write(outcome.diagnostics)
    except CannotWriteError as error:
        fail(str(error))
    emit(written, output)


def _end_if_refused(outcome: Outcome) -> None:
    for message in outcome.refused:
        say(f"ledger: {message}")
    if outcome.refused:
        raise typer.Exit(FAILED)


def _tell(checked: Checked, outcome: Outcome, form: str, news: str, *, to_file: bool) -> None:
    """Say what was left out, what was looked at, and what is new; GitHub is given its summary."""
    if outcome.not_run:
        say(f"ledger: not run, because the ledger could not be read whole: {', '.join(outcome.not_run)}")
    if form == "github":
        from ledger.render.github import summary

        write_summary(summary(outcome.diagnostics), os.environ)
    if form in ("text", "github"):
        say(_closing(checked, outcome, told=bool(news) or (form == "text" and not to_file)))
    if news:
        say(f"ledger: {news}")


def _tell_times(clock: Clock) -> None:
    say("ledger: where the time went, after the program had started")
    for what, seconds in (*clock.notes, ("together", sum(seconds for _, seconds in clock.notes))):
        say(f"  {seconds:7.3f} s  {what}")


def _closing(checked: Checked, outcome: Outcome, *, told: bool) -> str:
    """What was looked at, so that a clean run says more than nothing; and the counts, unless they are told."""
    parts = (
        counted(checked.files, "file"),
        counted(checked.lines, "line"),
        counted(checked.figures, "figure"),
        counted(checked.sources, "source"),
    )
    accepted = f", {len(outcome.accepted)} accepted" if outcome.accepted else ""
    looked = f"ledger: {', '.join(parts)}"
    if not checked.outcome.diagnostics:
        return f"{looked}: clean{accepted}"
    findings = f": {counted(outcome.errors, 'error')}, {counted(outcome.warnings, 'warning')}"
    return f"{looked}{'' if told else findings}{accepted}"
