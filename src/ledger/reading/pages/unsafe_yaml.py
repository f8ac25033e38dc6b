"""A file uses a part of YAML that a ledger does without: anchors, aliases, merge keys, tags, more documents.

## Why it matters

A figure stands where it is written, once, with its own line. An alias puts it where nobody sees it,
changes every copy when one is corrected, and lets a small file grow without bounds when it is read.
Characters that some programs take for the end of a line hide what follows them.

## Wrong

```yaml
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2023:
    title: Arbete mot människohandel
    kind: assignment
    year: 2023
    source: rb-jamy-2024
    total: &total 23,5 mnkr     # <- unsafe-yaml
  trafficking-2024:
    title: Arbete mot människohandel
    kind: assignment
    year: 2024
    source: rb-jamy-2024
    total: *total               # <- unsafe-yaml
```

## Right

```yaml
sources:
  rb-jamy-2024: {title: Regleringsbrev 2024, kind: appropriation-letter}
allocations:
  trafficking-2023:
    title: Arbete mot människohandel
    kind: assignment
    year: 2023
    source: rb-jamy-2024
    total: 23,5 mnkr
  trafficking-2024:
    title: Arbete mot människohandel
    kind: assignment
    year: 2024
    source: rb-jamy-2024
    total: 23,5 mnkr
```

## What to do

Write the value out in each place. Parts inherit `year`, `source`, `unit`, `rounded_to`, `goals`,
`stage` and `counted` from the line around them, so most repetition is not needed. A text that
begins with `&`, `*` or `!` is quoted; a second document becomes a file of its own; a ledger file is
at most 64 MiB and 50 levels deep.
"""
