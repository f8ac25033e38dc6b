"""What bash is offered, through the script that the program itself gives to bash."""

import shutil
import subprocess
from pathlib import Path

import pytest
from forked import environment
from running import CLEAN, PROGRAM, ledger, run

MORE = """\
  uo13-2021:
    title: Utgiftsområde 13
    kind: area
    code: UO13
    year: "2021"
    counted: no
    parts:
      3-1:
        kind: appropriation
        title: "parts: not a key"
        parts:
          # a comment:
          mucf: {kind: item, title: Till MUCF, total: 9 mnkr}
  survey:
    {title: Survey, kind: assignment, year: 2022-2023, total: 1 mnkr}
claims:
  violence-2024: {title: Claim, year: 2024, amount: drygt 600 mnkr}
"""
LINES = ["shelters-2024", "shelters-2024/north", "shelters-2024/south"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ledger(tmp_path, CLEAN + MORE)
    return tmp_path


def offered(folder: Path, *words: str, **more: str) -> list[str]:
    """What the program answers bash for the last of the words."""
    asked = {"_LEDGER_COMPLETE": "complete_bash", "COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
    done = run(folder=folder, **asked, **more)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["su"], ["summary"]),
        (["summary", "20"], ["2021", "2022", "2023", "2024"]),
        (["summary", "2021", "rec"], ["recipient:"]),
        (["summary", "--by", "re"], ["recipient"]),
        (["summary", "--unit", "m"], ["mnkr", "mdkr"]),
        (["query", "year", ":", "202"], ["2021", "2022", "2023", "2024"]),
        (["query", "kind", ":", "gr"], ["grant"]),
        (["query", "not", ":", "kind", ":", "gr"], ["grant"]),
        (["query", "2024", "recipient", ":", "j"], ["jamy"]),
        (["query", "recipient:j"], ["recipient:jamy"]),
        (["query", "not:source:b"], ["not:source:bill"]),
        (["query", "zzz"], []),
        (["show", "sh"], LINES),
        (["show", "uo13"], ["uo13-2021", "uo13-2021/3-1", "uo13-2021/3-1/mucf"]),
        (["show", "v"], ["violence-2024"]),
        (["explain", "dupl"], ["duplicate-id", "duplicate-key"]),
        (["check", "--select", "parts"], ["parts-exceed-total", "parts-mismatch"]),
        (["check", "--ignore", "total-mismatch,year"], ["total-mismatch,year-mismatch"]),
        (["check", "--select", "bad-am"], []),
        (["check", "--format", "js"], ["json"]),
        (["initiatives", "--agency", "j"], ["jamy"]),
    ],
    ids=" ".join,
)
def test_offers(words: list[str], expected: list[str], folder: Path) -> None:
    assert offered(folder, "ledger", *words) == expected


def test_the_ledger_that_is_named_is_looked_at(folder: Path) -> None:
    ledger(folder, "allocations:\n  other-2020: {title: Other, kind: grant, year: 2020, total: 1 mnkr}\n", name="other")
    assert offered(folder, "ledger", "--data", "other", "show", "o") == ["other-2020"]
    assert offered(folder, "ledger", "show", "--data", "other", "o") == ["other-2020"]
    assert offered(folder, "ledger", "show", "o", LEDGER_DATA="other") == ["other-2020"]
    assert offered(folder, "ledger", "show", "o") == []
    assert offered(folder, "ledger", "--data", "no-such-folder", "show", "o") == []


def test_from_anywhere_the_shipped_data_is_looked_at(tmp_path: Path) -> None:
    assert offered(tmp_path, "ledger", "show", "jamy-trafficking-2024/") == [
        "jamy-trafficking-2024/nsp",
        "jamy-trafficking-2024/amp",
    ]


def test_a_broken_ledger_still_offers_what_can_be_read(folder: Path) -> None:
    (folder / "data" / "broken.yaml").write_bytes(b"allocations:\n  broken-2024: [\xff\n  \tmore: {\n")
    assert offered(folder, "ledger", "show", "broken") == ["broken-2024"]
    assert offered(folder, "ledger", "show", "sh") == LINES


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_itself_completes_with_the_script_of_the_program(folder: Path) -> None:
    script = run(folder=folder, _LEDGER_COMPLETE="source_bash").stdout
    (folder / "complete.sh").write_text(script)
    asking = """
        source complete.sh
        set -- $(complete -p ledger)
        while [ $# -gt 0 ] && [ "$1" != -F ]; do shift; done
        COMP_WORDS=(ledger query recipient : ja) COMP_CWORD=4
        "$2" ledger ja :
        echo "${COMPREPLY[@]}"
        COMP_WORDS=(ledger show shelters-2024/) COMP_CWORD=2
        "$2" ledger shelters-2024/ show
        echo "${COMPREPLY[@]}"
    """
    path = f"{Path(PROGRAM).parent}:{environment()['PATH']}"
    done = subprocess.run(
        ["bash", "--norc", "-c", asking],
        cwd=folder,
        env=environment(PATH=path),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["jamy", "shelters-2024/north shelters-2024/south"]
