"""The run of the checks behind `ledger check`, and what it prints."""

import sys
from pathlib import Path

import typer

from ledger.checks import Outcome, run
from ledger.commands._open import find, read, today
from ledger.options import FAILED, FOUND, Global, counted, emit, fail, say, unless_closed
from ledger.reading import Loaded


def check(
    ctx: typer.Context,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    *,
    strict: bool,
    output: Path | None,
    data: Path | None,
    color: str | None,
) -> None:
    """Run the checks on the ledger that is meant, print what they found, and end with the status that says it."""
    found = find(ctx, data, or_shipped=False)
    loaded = read(found)
    outcome = run(loaded.book, loaded.faults, loaded.texts, select, ignore, today=today())
    if outcome.refused:
        for message in outcome.refused:
            say(f"ledger: {message}")
        raise typer.Exit(FAILED)
    _print(ctx, outcome, form, output, color)
    if outcome.not_run:
        say(f"ledger: not run, because the ledger could not be read whole: {', '.join(outcome.not_run)}")
    if form == "text":
        say(_closing(loaded, outcome, told=output is None))
    if outcome.errors or (strict and outcome.warnings):
        raise typer.Exit(FOUND)


def _print(ctx: typer.Context, outcome: Outcome, form: str, output: Path | None, color: str | None) -> None:
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
    write = load_format(form).findings
    if write is None:
        fail(f"findings cannot be written as {form}")
    emit(write(outcome.diagnostics), output)


def _closing(loaded: Loaded, outcome: Outcome, *, told: bool) -> str:
    """What was looked at, so that a clean run says more than nothing; and the counts, unless they are told."""
    book = loaded.book
    figures = sum(len(line.figures) for line in book.lines.values()) + len(book.claims)
    parts = (
        counted(len(loaded.texts), "file"),
        counted(len(book.lines), "line"),
        counted(figures, "figure"),
        counted(len(book.sources), "source"),
    )
    accepted = f", {len(outcome.accepted)} accepted" if outcome.accepted else ""
    looked = f"ledger: {', '.join(parts)}"
    if not outcome.diagnostics:
        return f"{looked}: clean{accepted}"
    findings = f": {counted(outcome.errors, 'error')}, {counted(outcome.warnings, 'warning')}"
    return f"{looked}{'' if told else findings}{accepted}"
