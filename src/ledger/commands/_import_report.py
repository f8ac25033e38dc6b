"""What `ledger import` says: faults of the document, figures that differ, and what was added."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import typer
from msgspec import Struct
from msgspec.structs import replace

from ledger.book import Book
from ledger.commands._existing_lines import Held
from ledger.diagnostic import Finding
from ledger.discovery import Found
from ledger.output import counted, say, show_table
from ledger.reconcile import listed
from ledger.statements import Statement
from ledger.statements.letter import SOURCE_KINDS, Letter
from ledger.writing import Record
from ledger.writing.agencies import Named
from ledger.writing.from_amount import amount_text
from ledger.writing.from_document import is_amending
from ledger.writing.from_letter import candidate
from ledger.writing.from_tree import lines_in, recipients_in

_NAMED = 5
"""Rows and files that are named; of more, the number is said."""


class Additions(Struct, frozen=True):
    """The records to be added, the file that each goes to, and the id of the document among the sources."""

    records: Sequence[Record]
    homes: Sequence[Path]
    source: str

    def of(self, key: str) -> list[Record]:
        """The records of one section."""
        return [record for record in self.records if record.key == key]

    def files_of(self, key: str) -> str:
        """The files that the records of a section go to."""
        pairs = zip(self.records, self.homes, strict=True)
        files = list(dict.fromkeys(home.as_posix() for record, home in pairs if record.key == key))
        more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
        return f"{', '.join(files[:_NAMED])}{more}"


def show_faults_of_letter(letter: Letter, codes: Collection[str], text: str) -> bool:
    """Show what is wrong in a letter's tables, where a figure is not sure; whether anything is."""
    from ledger.commands._letter_faults import faults_of
    from ledger.render.text import findings

    found = faults_of(letter, codes, text)
    if found:
        say(findings(found).rstrip("\n"))
    return bool(found)


def say_faults(faults: Iterable[Finding]) -> None:
    """Say what is wrong with rows of a table, the first of them."""
    all_of_them = list(dict.fromkeys(f"{fault.place}: {fault.message}" for fault in faults))
    for fault in all_of_them[:_NAMED]:
        say(f"ledger: {fault}")
    if len(all_of_them) > _NAMED:
        say(f"ledger: and {counted(len(all_of_them) - _NAMED, 'row')} more")


def show_differences(ctx: typer.Context, book: Book, held: Held, color: str | None, *, aside: bool) -> None:
    """Show the figures that differ from the ledger's; `aside` keeps standard output for a diff.

    `reconcile` tells likely causes; here a later document is likelier than a slip.
    """
    table = replace(listed(book, replace(held.found, comparisons=held.differing, outside=(), uncoded=0)), below=())
    if aside:
        from ledger.render.table import table as plain

        say(plain(table).rstrip("\n"))
    else:
        show_table(ctx, table, "table", None, color)
    path = held.found.statement.path
    say(f"ledger: what differs is left as it is: 'ledger reconcile {path}' tells likely causes")


def say_lacking(held: Held, source: str, currency: str) -> None:
    """Say which rows have no one line, and which figures the ledger's lines do not state, as they would stand there."""
    for message in held.unclear:
        say(f"ledger: {message}")
    if held.lacking:
        what = counted(len(held.lacking), "figure")
        say(f"ledger: {what} that lines of the ledger lack; a line that is there is left as it is:")
    for one in held.lacking:
        if one.line and one.stated:
            role = one.role.replace("-", "_")
            figure = f"{{amount: {_quoted(amount_text(one.stated, currency=currency))}, source: {source}}}"
            say(f"ledger:   {one.line.at()}: {one.line.id}: {role}: {f'[{figure}]' if role == 'top_ups' else figure}")


def _quoted(text: str) -> str:
    return f'"{text}"' if "," in text else text


def say_amending(letter: Letter, held: Held, book: Book) -> None:
    """Say that a letter is about lines of an earlier or later one."""
    lines = [book.lines[name] for name in dict.fromkeys(held.lines.values())]
    names = dict.fromkeys(source for line in lines for source in line.sources if source in book.sources)
    for name in names if held.differing else ():
        source = book.sources[name]
        same = source.published == letter.decided or not (source.published and letter.decided)
        if source.kind in SOURCE_KINDS and not same:
            order = "later" if letter.decided > source.published else "earlier"
            dates = f"this one, of {letter.decided}, is {order}"
            say(f"ledger: the ledger has the letter {name} of {source.published} with these lines; {dates}")
            if order == "later" and held.differing:
                how = "enters what differs as top-ups of that day"
                say(f"ledger: it amends that one: 'ledger import {letter.path} --amend' {how}")


def already_there(statement: Statement, held: Held) -> None:
    """Say that nothing is to be added."""
    lines, differing = len(set(held.lines.values())), len(held.differing)
    there = f"{counted(lines, 'line')} of '{statement.path}' {'is' if lines == 1 else 'are'} there already"
    agree = f"{counted(len(held.agreeing), 'figure')} {'agrees' if len(held.agreeing) == 1 else 'agree'}"
    differ = f", {differing} {'differs' if differing == 1 else 'differ'}" if differing else ""
    say(f"ledger: nothing to add: {there}, {agree}{differ}")


def report(
    statement: Statement,
    letter: Letter | None,
    added: Additions,
    agencies: Mapping[tuple[str, str], Named],
    *,
    found: Found,
    codes: Collection[str],
    dry_run: bool,
) -> None:
    """What was added to `found`, or would be, of appropriations with these codes; and what to do next."""
    lines = added.of("allocations")
    years = sorted({str(record.fields["year"]) for record in lines})
    when = f"{years[0]} to {years[-1]}" if len(years) > 1 else years[0]
    say(f"ledger: {counted(lines_in(lines), 'line')} of {when}: {added.files_of('allocations')}")
    is_new = bool(added.of("sources"))
    say(f"ledger: source {added.source}: {added.files_of('sources') if is_new else 'there already'}")
    _say_agencies(added, agencies.values())
    if letter:
        _say_letter(letter, codes)
    for note in _notes(statement, letter):
        say(f"ledger: {note}")
    directory = found.directory.as_posix()
    check = f"ledger check --data {directory}" if found.given else "ledger check"
    say("ledger: a dry run: nothing is written" if dry_run else f"ledger: next: {check}")


def _say_agencies(added: Additions, agencies: Iterable[Named]) -> None:
    new = {record.id for record in added.of("agencies")}
    used = set(recipients_in(added.of("allocations")))
    known = {one.id for one in agencies if one.agency is None and one.id in used}
    where = f": {added.files_of('agencies')}" if new else ""
    if new or known:
        say(f"ledger: agencies: {len(known)} known, {len(new)} new{where}")
    for one in {one.id: one for one in agencies if one.id in new}.values():
        kind = one.agency.kind if one.agency else ""
        say(f"ledger:   new: {one.id}: {one.name}, {kind}{one.near}")


def _say_letter(letter: Letter, codes: Collection[str]) -> None:
    within = letter.decided[:4] == str(letter.year)
    if is_amending(letter):
        say("ledger: the letter says that it amends another one")
    elif within:
        say(f"ledger: decided within {letter.year}: it probably amends an earlier letter, which its text does not tell")
    found = [one for one in letter.conditions if one.appropriation in codes]
    if found:
        say(f"ledger: {counted(len(found), 'amount')} in the conditions, in comments above the lines:")
    for one in found:
        say(f"ledger:   {candidate(one)}")
    from ledger.commands._letter_faults import unread_conditions

    say_faults(unread_conditions(letter))


def _notes(statement: Statement, letter: Letter | None) -> Sequence[str]:
    if letter:
        return letter.notes
    return statement.notes if statement.kind != "monthly expenditure" else ()
