"""What is wrong with a letter, as findings: tables that do not add up, with likely causes, and unclear figures."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from ledger.checks import with_text
from ledger.diagnostic import Diagnostic, Finding, Hint, Place, Related
from ledger.hints import Role, Term, causes, common_unit, excess
from ledger.money import Amount, add_up, range_words
from ledger.statements.letter import Appropriation, Item, Letter, Share


def faults_of(letter: Letter, codes: Collection[str], text: str) -> list[Diagnostic]:
    """Every fault in the tables of these appropriations. A wrong sum names the agency, the gap, what would close it.

    So is everything in the table of an appropriation whose code is not known.
    """
    chosen = [one for one in letter.appropriations if one.code in codes]
    sums = [one for told in _sums(chosen) if (one := _sum(*told))]
    places = {one.place for one in sums}
    rows = {row.place.line for one in letter.appropriations if one.code in {*codes, ""} for row in _rows(one)}
    others = [one for one in letter.faults if one.place not in places and one.place.line in rows]
    found = [*(_diagnostic("parts-mismatch", one) for one in sums), *(_diagnostic("bad-amount", one) for one in others)]
    lines = {} if "</" in text else {letter.path: text.split("\n")}
    return [with_text(one, lines) for one in sorted(found, key=lambda one: one.place)]


def unread_conditions(letter: Letter) -> list[Finding]:
    """The amounts in the conditions that cannot be read."""
    rows = {row.place.line for one in letter.appropriations for row in _rows(one)}
    return [one for one in letter.faults if one.place.line not in rows]


def _rows(one: Appropriation) -> Iterator[Appropriation | Share | Item]:
    """The rows of an appropriation's table."""
    yield one
    for share in one.shares:
        yield share
        yield from (inner for item in share.items for inner in (item, *item.parts))


def _sums(chosen: Iterable[Appropriation]) -> Iterator[tuple[str, Place, Amount, Sequence[Item]]]:
    """Each total that is printed over items, as today over an agency's, in 2003 over an appropriation's."""
    for one in chosen:
        if one.amount:
            yield (
                f"{one.code} {one.name}",
                one.place,
                one.amount,
                [item for share in one.shares for item in share.items],
            )
        for share in one.shares:
            if share.agency and share.amount:
                yield share.agency, share.place, share.amount, share.items


def _sum(name: str, at: Place, total: Amount, items: Sequence[Item]) -> Finding | None:
    """What is wrong with a sum of items, if all are known."""
    parts = [(item, item.amount) for item in items if item.amount]
    if not parts or len(parts) < len(items):
        return None
    terms = [Term(item.place, amount.words, amount, _PART) for item, amount in parts]
    terms.append(Term(at, total.words, total, _TOTAL, -1))
    over = excess(terms)
    if over.low == 0 == over.high:
        return None
    unit = common_unit(terms)
    gap, way = (over, "too much") if (over.low or 0) > 0 else (-over, "short")
    came_to = range_words(add_up(amount for _, amount in parts).interval, unit)
    says = range_words(total.interval, unit)
    message = f"{name}: the items come to {came_to} {unit}, the total over them says {says} {unit}"
    hints = tuple(Hint(one.kind, one.message, one.place) for one in causes(terms, missing_at=at))
    related = tuple(Related(item.place, item.code) for item, _ in parts)
    return Finding(at, f"{message} ({range_words(gap, unit)} {unit} {way})", related, hints)


_PART: Role = "part"
_TOTAL: Role = "total"


def _diagnostic(check: str, one: Finding) -> Diagnostic:
    return Diagnostic(check, "error", one.place, one.message, related=one.related, hints=one.hints)
