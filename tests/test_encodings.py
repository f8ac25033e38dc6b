"""Texts in other encodings than UTF-8: strictly, by a mark, when told, or guessed and told."""

import pytest

from ledger.statements import Asked, Statement, read_statement
from ledger.statements.running_text import UnreadableError, mentions

TABLE = "Anslag;Mottagare;År;Belopp (tkr)\r\nUO13 3:1;Jämställdhetsmyndigheten;2024;23,5\r\n"


def came_to(data: bytes, encoding: str = "") -> tuple[list[str], tuple[str, ...]]:
    found = read_statement(data, "t.csv", Asked(encoding=encoding))
    assert isinstance(found, Statement), found
    return [f"{row.recipient} {row.figures['total'].interval.low}" for row in found.rows], found.taken


def refused(data: bytes, encoding: str = "") -> str:
    found = read_statement(data, "t.csv", Asked(encoding=encoding))
    assert not isinstance(found, Statement)
    return f"{found[0].place.line}:{found[0].place.column} {found[0].message}"


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        *(("utf-8", ""), ("utf-8-sig", ""), ("utf-16", ""), ("cp1252", ""), ("cp1252", "windows-1252")),
        *(("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"), ("utf-16", "utf-16"), ("utf-8", "utf-8")),
    ],
)
def test_a_table_is_the_same_in_every_encoding(codec: str, encoding: str) -> None:
    rows, taken = came_to(TABLE.encode(codec), encoding)
    assert rows == ["Jämställdhetsmyndigheten 2350000"]
    assert any("read as Windows-1252" in one for one in taken) == (codec == "cp1252" and not encoding)


def test_what_is_not_plausible_is_not_guessed_and_what_is_told_is_held_to() -> None:
    assert "not UTF-8: byte 0x8F" in refused(TABLE.encode("cp850"))
    assert refused(b"a;b\n\x81;c\n", "windows-1252").startswith("2:1 not cp1252: byte 0x81")
    assert "not UTF-8" not in refused(TABLE.encode("cp1252"), "utf-16")
    assert "1:1 not UTF-16 with a mark" in refused(TABLE.encode("utf-16-le"), "utf-16")


def test_scan_reads_utf_16_by_its_mark_and_windows_1252_when_told() -> None:
    text = "Regeringen avsätter 5 miljoner kronor.\n"
    for codec, encoding in (("utf-16", ""), ("cp1252", "windows-1252"), ("utf-16-le", "utf-16-le")):
        data = text.encode(codec)
        [one] = mentions([data[:9], data[9:]], "t.txt", encoding=encoding)
        assert (one.place.line, one.place.column) == (1, 21)
    with pytest.raises(UnreadableError, match="say --encoding windows-1252"):
        list(mentions([text.encode("cp1252")], "t.txt"))
