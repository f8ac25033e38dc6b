"""What the lines say that a claim is about contradicts its amount.

## Why it matters

A claim ("drygt 600 miljoner against violence") is what a source says of a sum over many lines. Its
`about` holds terms that select them: counted lines of the claim's year, unless the terms name a
`year:`. What is recorded may be less, since a ledger is seldom complete, but not more; with
`coverage: complete` it must agree. Appropriations and what is paid from them are two levels on which
the same krona stands, so a claim is about one of them. A claim of which nothing is recorded is valid.

## Wrong

```yaml
agencies:
  nck: {name: Nationellt centrum för kvinnofrid, kind: centre}
sources:
  art-2024-01: {title: Över 600 miljoner mot våld, kind: article}
goals:
  violence: {number: 6, name: Mäns våld mot kvinnor ska upphöra}
allocations:
  utvecklingsmedel-2024:
    title: Utvecklingsmedel till länsstyrelserna
    kind: assignment
    year: 2024
    source: art-2024-01
    goals: [violence]
    total: 46 mnkr
  stodlinjer-2024:
    title: Nationella stödlinjer
    kind: grant
    year: 2024
    source: art-2024-01
    goals: [violence]
    recipient: nck
    total: 700 mnkr
  uo13-3-1-2024:
    title: Särskilda jämställdhetsåtgärder
    kind: appropriation
    year: 2024
    source: art-2024-01
    goals: [violence]
    total: 675 mnkr
claims:
  violence-2024:
    title: Jämställdhetspolitik mot våld
    year: 2024
    amount: drygt 600 mnkr                          # <- claim-contradicted
    about: goal:violence kind:assignment kind:grant
    source: art-2024-01
  lines-2024:
    title: Stödlinjer
    year: 2024
    amount: ca 700 mnkr
    about: recipient:nkc                            # <- claim-contradicted
    source: art-2024-01
  all-2024:
    title: Allt mot våld
    year: 2024
    amount: drygt 2 mdkr
    about: goal:violence                            # <- claim-contradicted
    source: art-2024-01
```

## Right

```yaml
agencies:
  nck: {name: Nationellt centrum för kvinnofrid, kind: centre}
sources:
  art-2024-01: {title: Över 600 miljoner mot våld, kind: article}
goals:
  violence: {number: 6, name: Mäns våld mot kvinnor ska upphöra}
allocations:
  utvecklingsmedel-2024:
    title: Utvecklingsmedel till länsstyrelserna
    kind: assignment
    year: 2024
    source: art-2024-01
    goals: [violence]
    total: 46 mnkr
  stodlinjer-2024:
    title: Nationella stödlinjer
    kind: grant
    year: 2024
    source: art-2024-01
    goals: [violence]
    recipient: nck
    total: 7 mnkr
  uo13-3-1-2024:
    title: Särskilda jämställdhetsåtgärder
    kind: appropriation
    year: 2024
    source: art-2024-01
    goals: [violence]
    total: 675 mnkr
claims:
  violence-2024:
    title: Jämställdhetspolitik mot våld
    year: 2024
    amount: drygt 600 mnkr
    about: goal:violence kind:assignment kind:grant
    source: art-2024-01
  lines-2024:
    title: Stödlinjer
    year: 2024
    amount: ca 7 mnkr
    about: recipient:nck
    coverage: complete
    source: art-2024-01
```

## What to do

Look at the lines with `ledger query` and the same terms. Narrow the terms to what the source speaks
of; name a level with `kind:` or `level:`; correct the figure that is wrong. A claim that cannot be
tied to lines has no `about`: it is then shown, and compared with nothing.
"""

from collections.abc import Iterator, Mapping, Sequence

from ledger.book import Book, Claim, Level, Line, Sum, add_level, by_level, entering_sums
from ledger.checks._equation import Stated, counting_of
from ledger.checks._wording import gap, limits, mismatch, said, unit_for
from ledger.diagnostic import Finding, Reach, Related, Severity
from ledger.query import TermError, claimed

SEVERITY: Severity = "error"
WHOLE_BOOK = True
REACH: Reach = "ledger"


def check(book: Book) -> Iterator[Finding]:
    """A finding for each faulty term, and for each claim that its lines contradict or are no one sum of."""
    for claim in book.claims.values():
        about = claimed(book, claim)
        yield from (_unreadable(claim, error) for error in about.errors)
        yield from _compared(book, claim, about.lines)


def _unreadable(claim: Claim, error: TermError) -> Finding:
    return Finding(claim.at("about"), error.message, help="write the terms as 'ledger query' takes them")


def _compared(book: Book, claim: Claim, lines: Sequence[Line]) -> Iterator[Finding]:
    levels = by_level(lines)
    if len(levels) > 1:
        yield _two_levels(claim, levels)
    elif lines:
        recorded = add_level(book, lines)
        added, amount = recorded.amount.interval, claim.amount.amount.interval
        wrong = not added.meets(amount) if _must_agree(claim, recorded) else added.above(amount)
        if wrong and recorded.lines > recorded.not_stated:
            yield _contradiction(book, claim, lines, recorded)


def _must_agree(claim: Claim, recorded: Sum) -> bool:
    """Whether the claim says that its lines are all, and what all of them come to is known."""
    return claim.complete and not recorded.partial and recorded.not_stated == recorded.not_stated_inside


def _two_levels(claim: Claim, levels: Mapping[Level, Sequence[Line]]) -> Finding:
    counts = ", ".join(f"{len(lines)} of {level}" for level, lines in levels.items())
    message = f"the terms select lines of {len(levels)} levels ({counts}), which have no sum together"
    related = tuple(
        Related(lines[0].at(), f"{level}: {', '.join(line.id for line in lines)}") for level, lines in levels.items()
    )
    words = " or ".join(f"level:{level.partition(' ')[0]}" for level in levels)
    return Finding(claim.at("about"), message, related, help=f"add a term that names one of them: {words}")


def _contradiction(book: Book, claim: Claim, lines: Sequence[Line], recorded: Sum) -> Finding:
    entering = entering_sums(book, lines)
    added = [one for line in lines if line.id in entering for one in counting_of(book, line)]
    figures = [*added, Stated(claim, claim.amount, "total", sign=-1)]
    unit = unit_for(book, figures)
    amount = claim.amount.amount
    sums = recorded.amount.interval
    message = (
        f"the lines it is about come to {limits(book, sums, unit)}, the claim says {said(book, amount, unit)} "
        f"({gap(book, sums, amount.interval, unit)})"
    )
    also = ", and whether the claim is about all these lines"
    return mismatch(book, claim.amount.place, message, figures, fits=not _must_agree(claim, recorded), also=also)
