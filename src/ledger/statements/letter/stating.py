"""A letter as a statement: one row for each appropriation, agency's share, item and sub-item."""

from collections.abc import Iterator

from ledger.diagnostic import Place
from ledger.money import Amount, add_up
from ledger.statements._statement import Row, Statement
from ledger.statements.letter.tree import Appropriation, Item, Letter, Share


def statement_of(letter: Letter) -> Statement:
    """The total of an appropriation that the letter does not print is the sum of its shares, marked as derived."""
    rows = tuple(row for one in letter.appropriations for row in _rows(letter, one))
    notes = list(letter.notes)
    if letter.conditions:
        notes.append(f"Amounts in the conditions of the letter, which are not compared: {len(letter.conditions)}.")
    return Statement(
        letter.title,
        "letter",
        letter.path,
        rows,
        "appropriations",
        letter.decided,
        "; ".join(letter.references),
        notes=tuple(notes),
        faults=letter.faults,
    )


def _rows(letter: Letter, one: Appropriation) -> Iterator[Row]:
    printed = one.amount
    yield _row(letter, one.place, one.code, one.name, printed or _sum(one), derived=printed is None)
    for share in one.shares:
        if share.agency and share.amount and share.amount is not printed:
            yield _row(letter, share.place, one.code, share.agency, share.amount, agency=share.agency)
        for item in share.items:
            yield from _item(letter, one, share, item)


def _item(letter: Letter, one: Appropriation, share: Share, item: Item) -> Iterator[Row]:
    code = f"{one.code} {item.code}" if one.code and item.code else ""
    yield _row(letter, item.place, code, item.name, item.amount, agency=share.agency, item=True)
    for part in item.parts:
        yield from _item(letter, one, share, part)


def _row(
    letter: Letter,
    place: Place,
    code: str,
    name: str,
    amount: Amount | None,
    *,
    agency: str = "",
    item: bool = False,
    derived: bool = False,
) -> Row:
    return Row(
        place,
        letter.year,
        letter.year,
        code,
        name,
        "item" if agency or item else "appropriation",
        agency,
        figures={"total": amount} if amount else {},
        derived=derived,
    )


def _sum(one: Appropriation) -> Amount | None:
    """All shares together, when each is known."""
    amounts = [_share(share) for share in one.shares]
    return add_up(amount for amount in amounts if amount) if amounts and None not in amounts else None


def _share(share: Share) -> Amount | None:
    if share.amount:
        return share.amount
    amounts = [item.amount for item in share.items]
    return add_up(amount for amount in amounts if amount) if amounts and None not in amounts else None
