"""A ledger, a document, a setting from a stranger: nothing outside is read, and nothing grows without bound."""

import io
import os
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import Tell
from forked import Asked, Came, many
from running import CLEAN, ledger, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks, and links need rights there")

SECRET = "word: hunter2"  # noqa: S105
MiB = 2**20


def said(came: Came) -> str:
    return came.printed.decode()


# --- links


@pytest.mark.parametrize("command", ["check", "summary", "export -f json", "check --no-cache", "diff data data"])
def test_a_link_to_a_file_outside_is_not_read(command: str, tmp_path: Path) -> None:
    data = ledger(tmp_path)
    (tmp_path / "secret.yaml").write_text(SECRET, encoding="utf-8")
    (data / "more.yaml").symlink_to("../secret.yaml")
    done = run(*command.split(), folder=tmp_path)
    assert "data/more.yaml:1:1: error[syntax] cannot be read: a link that leads out of the ledger" in (
        done.stdout + done.stderr
    )
    assert "hunter2" not in done.stdout + done.stderr
    assert done.returncode == (1 if command.startswith("check") else 2)


def test_a_link_to_a_folder_outside_is_not_followed(tmp_path: Path) -> None:
    data = ledger(tmp_path)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.yaml").write_text(SECRET, encoding="utf-8")
    (data / "sub").symlink_to("../outside")
    done = run("check", folder=tmp_path)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "ledger: 1 file, 3 lines, 3 figures, 1 source: clean")


def test_a_link_within_the_ledger_is_read(tmp_path: Path) -> None:
    data = ledger(tmp_path)
    (data / ".store").mkdir()
    (data / "ledger.yaml").rename(data / ".store/it")
    (data / "ledger.yaml").symlink_to(".store/it")
    assert run("check", folder=tmp_path).returncode == 0


@pytest.mark.parametrize("target", ["more.yaml", "nowhere.yaml", "/dev/zero", "/proc/self/mem"])
def test_a_link_that_leads_nowhere_or_on_for_ever_is_named(target: str, tmp_path: Path) -> None:
    data = ledger(tmp_path)
    (data / "more.yaml").symlink_to(target)
    [came] = many([Asked(["check"], str(tmp_path))])
    assert "data/more.yaml:1:1: error[syntax] cannot be read: " in said(came)
    assert (came.status, came.memory < 200) == (1, True)


# --- LEDGER_DATA

PLACES = [
    *(
        "-rf",
        "--data",
        "x\ny",
        "\x1b[31mred",
        "nowhere",
        "/dev/zero",
        "/dev/stdin",
        "~",
        "$(touch made)",
        "`touch made`",
    ),
    *("data/ledger.yaml", "x" * 5_000, "../" * 2_000, "/proc/self/fd/0", "data/ledger.yaml/x", "%s%n", "file:///etc"),
]


@pytest.mark.parametrize("command", ["summary", "check", "report"])
def test_a_place_that_is_none_is_named_in_one_line(command: str, tmp_path: Path) -> None:
    ledger(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    for came in many(Asked([command], str(tmp_path), settings={"LEDGER_DATA": place}) for place in PLACES):
        assert came.status == 2, came
        assert said(came).startswith("ledger: LEDGER_DATA: '"), came
        assert said(came).count("\n") == 1, came
        assert "\x1b" not in said(came)
        assert came.memory < 200
    assert sorted(tmp_path.rglob("*")) == before


# --- what unpacks, repeats or nests without an end


def _zip(name: str, size: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(1 if size else 2_000):
            archive.writestr(f"{number}{name}" if number else name, b"0" * size)
    return packed.getvalue()


LINE = "  a{0}: {{title: T, kind: grant, year: 2024, total: 1 kr}}\n"
LEDGERS: Mapping[str, str] = {
    "aliases of aliases": "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 40)),
    "merge keys": "a: &a {x: 1}\n" + "".join(f"b{n}: {{<<: [{'*a, ' * 50}]}}\n" for n in range(500)),
    "nested lists": "allocations: " + "[" * 200_000,
    "nested maps": "".join(" " * depth + "a:\n" for depth in range(3_000)),
    "one long key": "x" * (5 * MiB) + ": 1\n",
    "one long text": "ledger: {title: " + "x" * (20 * MiB) + "}\n",
    "keys that mean nothing": "".join(f"k{n}: 1\n" for n in range(300_000)),
    "ids twice": "allocations:\n" + LINE.format(1) * 20_000,
    "lines in one another": "allocations:\n"
    + "".join(f"  a{n}: {{title: T, kind: grant, year: 2024, of: a{n + 1}}}\n" for n in range(20_000)),
    "a ring of lines": "allocations:\n"
    + "".join(f"  a{n}: {{title: T, kind: grant, year: 2024, of: a{(n + 1) % 90}}}\n" for n in range(90)),
    "digits": "allocations:\n  a: {title: T, kind: grant, year: 2024, total: " + "9" * (2 * MiB) + "}\n",
    "lines without an end": "\n" * (63 * MiB),
}


@pytest.mark.parametrize("name", LEDGERS)
def test_a_ledger_that_grows_is_refused_in_bounded_memory(name: str, tmp_path: Path, tell: Tell) -> None:
    ledger(tmp_path, LEDGERS[name])
    for came in many(Asked([word, "--data", "data"], str(tmp_path)) for word in ("check", "summary")):
        found = b"error[" in came.printed or b"see 'ledger check'" in came.printed
        assert found == (name != "one long text"), said(came)[:300]
        assert b"Traceback" not in came.errors
        assert len(came.printed) < (21 if name == "one long text" else 1) * MiB
        assert came.memory < 900
    tell(f"hostile: a ledger of {len(LEDGERS[name]) / MiB:.1f} MiB, {name}: at most {came.memory} MiB")


DOCUMENTS: Mapping[str, bytes] = {
    "zip of 300 MiB": _zip("x.csv", 300 * MiB),
    "zip that leads out": _zip("../../outside.csv", 10),
    "zip that is absolute": _zip("/tmp/outside.csv", 10),  # noqa: S108 - it must not be made
    "zip of thousands": _zip("x.csv", 0),
    "html of tables": b"<html><body>" + b"<table><tr><td>" * 5_000,
    "html without an end": b"<" * 100_000,
    "csv of one cell": b'title,total\n"' + b"x" * (3 * MiB),
    "csv of columns": b"," * (2 * MiB),
    "digits": "Regeringen avsätter ".encode() + b"9" * (2 * MiB) + b" kronor.",
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_that_grows_is_refused_or_read_in_bounded_memory(name: str, tmp_path: Path, tell: Tell) -> None:
    ledger(tmp_path, CLEAN)
    file = f"x.{name.split(maxsplit=1)[0]}"
    (tmp_path / file).write_bytes(DOCUMENTS[name])
    before = sorted(tmp_path.rglob("*"))
    words = (["scan", file], ["import", file, "--into", "data", "--dry-run"], ["reconcile", file])
    most = 0
    for came in many(Asked(one, str(tmp_path)) for one in words):
        assert came.status in (0, 1, 2), came
        assert b"Traceback" not in came.errors
        assert len(came.printed) < MiB
        most = max(most, came.memory)
    assert most < 900
    assert sorted(tmp_path.rglob("*")) == before
    assert not (tmp_path.parent / "outside.csv").exists()
    assert not os.path.lexists("/tmp/outside.csv")  # noqa: S108
    tell(f"hostile: a document, {name}: at most {most} MiB")
