"""`ledger add`: one thing more in the ledger's files."""

from typing import Annotated

import typer

from ledger.commands._completion import agencies, lines, sources
from ledger.options import Data, completing, one_of

WHAT = ("top-up", "line")
KINDS = ("area", "appropriation", "item", "assignment", "grant", "commitment")


def _text(option: str, metavar: str, words: str) -> typer.models.OptionInfo:
    option_info: typer.models.OptionInfo = typer.Option(option, metavar=metavar, help=words)
    return option_info


What = Annotated[
    str,
    typer.Argument(
        metavar="WHAT",
        help="What is added: top-up, line.",
        callback=one_of(*WHAT),
        autocompletion=completing(*WHAT),
    ),
]
Name = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="The line that gets a top-up, a part as line/part; of a new line.", autocompletion=lines
    ),
]
Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="AMOUNT", help="As the source states it: 1,5 mnkr, högst 500 tkr.", show_default=False),
]
Sources = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="ID", help="Who says so; may be given again.", autocompletion=sources),
]
LineKind = Annotated[
    str | None,
    typer.Option("--kind", metavar="KIND", help=f"Of a line: {', '.join(KINDS)}.", autocompletion=completing(*KINDS)),
]
Recipient = Annotated[
    str | None,
    typer.Option("--recipient", metavar="ID", help="Of a line: which agency gets it.", autocompletion=agencies),
]
Again = Annotated[bool, typer.Option("--again", help="Add a top-up though the same one is there already.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")]
Force = Annotated[bool, typer.Option("--force", help="Write it even if a check fails then.")]
Text = str | None


def run(
    ctx: typer.Context,
    what: What,
    name: Name,
    amount: Words = None,
    *,
    decided: Annotated[Text, _text("--decided", "DATE", "When it was decided: 2024, 2024-03 or 2024-03-27.")] = None,
    source: Sources = None,
    title: Annotated[Text, _text("--title", "TEXT", "Of a line: what it is called.")] = None,
    kind: LineKind = None,
    year: Annotated[Text, _text("--year", "YEAR", "Of a line: its budget year.")] = None,
    recipient: Recipient = None,
    code: Annotated[Text, _text("--code", "CODE", "Of a line: UO13 3:1.")] = None,
    source_title: Annotated[Text, _text("--source-title", "TEXT", "A new source comes along: its title.")] = None,
    source_kind: Annotated[Text, _text("--source-kind", "KIND", "Its kind: press-release, budget-bill.")] = None,
    publisher: Annotated[Text, _text("--publisher", "TEXT", "Who published it.")] = None,
    published: Annotated[Text, _text("--published", "DATE", "When it was published.")] = None,
    source_url: Annotated[Text, _text("--source-url", "URL", "Where it can be read.")] = None,
    note: Annotated[Text, _text("--note", "TEXT", "What else is to be known of it.")] = None,
    again: Again = False,
    dry_run: DryRun = False,
    force: Force = False,
    data: Data = None,
) -> None:
    """Record a top-up of a line, or a new line. All else in the files stays as it is, to the byte.

    The whole ledger is checked first. When what is added brings an error, such as a stated total that does not hold a
    top-up, nothing is written and the command ends with 1. The same top-up again adds nothing, save with --again. A
    reduction is a negative amount, behind -- so that it is not taken for an option. A source that the ledger does not
    have comes along with --source-title and --source-kind.

    \b
      ledger add top-up lst-utvecklingsmedel-2024 1,5 mnkr --decided 2024-06-19 --source pr-2024-06-lst
      ledger add top-up uo13-2024/3-1 2000 --decided 2024-06 --source bet-2023-24-fiu21 --dry-run
      ledger add --decided 2024-06 --source rb-24493 top-up lst-utvecklingsmedel-2024 -- -500 tkr
      ledger add line stodlinjer-2025 7 mnkr --title "National helplines" --kind grant --year 2025 --source art-2025-01
    """
    from ledger.commands._add_asked import Asked, add
    from ledger.commands._open_ledger import find

    about = {"title": source_title, "kind": source_kind, "publisher": publisher, "published": published}
    of_line = {"title": title, "kind": kind, "code": code, "year": year, "recipient": recipient}
    words = " ".join(amount or ()).strip()
    asked = Asked(name, words, decided, tuple(source or ()), of_line, about | {"url": source_url}, note, again)
    add(find(ctx, data, or_shipped=False), what, asked, dry_run=dry_run, force=force)
