"""A file is not YAML, or a comma in it splits a value.

## Why it matters

What cannot be read cannot be checked. Where the YAML itself breaks, nothing after the break is
read, so only the first break of each file is reported. Inside `{ }` and `[ ]` a comma separates:
`total: 23,5 mnkr` would be a total of 23 and something called `5 mnkr`.

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
    parts:
      nsp: {kind: grant, title: Nationella stödprogrammet, total: 1,5 mnkr}     # <- syntax
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
    parts:
      nsp: {kind: grant, title: Nationella stödprogrammet, total: "1,5 mnkr"}
```

## What to do

Quote a value that holds a comma, or write the record in block style, one field on each line.
Otherwise look at the place and just above it, for:

- a missing space after a colon
- a quote that is not closed
- a title that holds a colon followed by a space, and needs quotes
- a tab in the indentation: use spaces
- a byte that is not UTF-8: save the file as UTF-8; in the file's name: rename the file
"""
