"""A text is not an amount of money, or could be read as two.

## Why it matters

Money is never guessed. `1,500` is one and a half to a Swede and fifteen hundred to an Englishman,
and a number without a unit may be kronor or thousands of them: a slip by a thousand is the
commonest one in budget tables.

## Wrong

```yaml
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: rb-jamy-2024
    base: 22000                 # <- bad-amount
    top_ups:
      - amount: 1,500 mnkr      # <- bad-amount
```

## Right

```yaml
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2024:
    title: Förstärkt arbete mot människohandel
    kind: assignment
    year: 2024
    source: rb-jamy-2024
    base: 22 000 tkr
    top_ups:
      - amount: 1,5 mnkr
```

## What to do

Write `[about] number unit`, for example `23,5 mnkr`, `9 000 tkr`, `drygt 600 miljoner kronor`,
`25–30 mnkr`:

- the unit is kr, tkr, mnkr or mdkr, or the words for them; a line's `unit` stands for all bare
  numbers below it
- digits are grouped by spaces, and a comma or a point is the decimal mark
- what the source says in words that cannot be read stands in `words`, beside an `amount` that can
"""
