"""Wherever it runs, the program prints the same: settings, starts of Python, users, limits, paths, terminals.

What depends on the place is named beside the place; everything else is compared byte for byte with the plain place.
The Pythons and the versions of what is imported are those of `nox`: see noxfile.py.
"""

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import places
import pytest
from conftest import Tell
from forked import environment
from places import Came, Place, Words
from running import CLEAN, MISMATCH, PROGRAM, UNMEASURED, ledger
from transcript import ROOT

from ledger.render._escape import one_line, width

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks, users and file names of POSIX")


def _reached_by_others(*names: str) -> bool:
    """Whether users without rights can come to these files: all folders on the way let them pass."""
    ways = {folder for name in names for one in (Path(name), Path(name).resolve()) for folder in one.parents}
    return all(folder.stat().st_mode & 0o001 for folder in ways)


as_others = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or not _reached_by_others(PROGRAM, str(ROOT / "x")),
    reason="only root may become another user, who must be able to come to the program",
)

INITIATIVE = """\
initiatives:
  utredningen:
    {title: Ett inkluderande jämställdhetspolitiskt delmål mot våld, kind: inquiry, published: 2024-03-08}
"""
COMMANDS: tuple[Words, ...] = (
    ("summary", "2024"),
    ("show", "shelters-2024"),
    ("query", "--format", "json"),
    ("initiatives",),
    ("check", "--format", "text"),
    ("check", "--format", "sarif"),
    ("diff", "older"),
    ("reconcile", "figures.csv"),
    ("explain", "total-mismatch"),
    ("summary", "--help"),
    ("sumary",),
)
STATUSES = (0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 2)
SETTINGS = environment(**UNMEASURED)
ON = {"LEDGER_CACHE": None}
NOBODY = 65_534


def at_home(folder: Path) -> Path:
    """A folder that everybody may look into, with a ledger, an older one, and figures of somebody else's."""
    ledger(folder, MISMATCH + INITIATIVE)
    ledger(folder, CLEAN, "older")
    (folder / "figures.csv").write_text("id,year,total\nshelters-2024,2024,57 mnkr\n", encoding="utf-8")
    (folder / "taken").write_text("a file where a folder is looked for\n")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """Not pytest's own folder, which is for one user alone."""
    with TemporaryDirectory() as folder:
        yield at_home(Path(folder))


@pytest.fixture(scope="module")
def plain(home: Path) -> list[Came]:
    """What every command comes to in the plain place, in which each ends as it should."""
    came = places.run(Place(), COMMANDS, home, SETTINGS)
    assert tuple(one.status for one in came) == STATUSES
    assert not any(b"Traceback" in one.errors or b"\x1b" in one.output + one.errors for one in came)
    return came


def env(**settings: str | None) -> Place:
    return Place(settings)


def python(*options: str) -> Place:
    return Place(options=options)


PLACES = {
    "settings": {
        "as a build server that calls for colour": env(
            GITHUB_ACTIONS="true", FORCE_COLOR="1", CLICOLOR_FORCE="1", PY_COLORS="1"
        ),
        "no colour, on a dumb terminal": env(NO_COLOR="1", TERM="dumb"),
        "a terminal that nobody knows": env(TERM="nonsense", COLORTERM="truecolor"),
        "40 columns": env(COLUMNS="40", LINES="5"),
        "200 columns": env(COLUMNS="200"),
        "no number of columns": env(COLUMNS="nonsense", LINES="-1"),
        "LANG=C": env(LANG="C"),
        "LC_ALL=C": env(LANG="C", LC_ALL="C"),
        "LC_ALL=C without UTF-8": env(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"),
        "LANG=sv_SE.UTF-8": env(LANG="sv_SE.UTF-8", LANGUAGE="sv"),
        "LC_ALL=sv_SE.ISO-8859-1": env(LANG="sv_SE.ISO-8859-1", LC_ALL="sv_SE.ISO-8859-1"),
        "a locale that is not there": env(LC_ALL="xx_XX.nonsense"),
        "a time zone that is a day ahead": env(TZ="Pacific/Kiritimati"),
        "a time zone that is none": env(TZ=":/nonsense"),
        "no settings at all": Place(dict.fromkeys(SETTINGS) | {"LEDGER_CACHE": "0"}),
    },
    "starts of Python": {
        "PYTHONUTF8=0": env(PYTHONUTF8="0"),
        "PYTHONUTF8=1": env(PYTHONUTF8="1"),
        "another order of sets": env(PYTHONHASHSEED="1"),
        "and another": env(PYTHONHASHSEED="4294967295"),
        "asked to stay, not to wait, to write nothing": env(
            PYTHONINSPECT="1", PYTHONUNBUFFERED="1", PYTHONDONTWRITEBYTECODE="1", PYTHONNOUSERSITE="1"
        ),
        "PYTHONWARNINGS=error": env(PYTHONWARNINGS="error"),
        "-O": python("-O"),
        "-I": python("-I"),
        "-W error -bb": python("-W", "error", "-bb"),
        "-X dev": python("-X", "dev"),
        "-X utf8=0": python("-X", "utf8=0"),
        "-X int_max_str_digits=640": python("-X", "int_max_str_digits=640"),
    },
    "processes": {
        "a small stack": Place(before="ulimit -s 512"),
        "few open files": Place(before="ulimit -n 24"),
        "standard input is closed": Place(before="exec 0<&-"),
        "umask 077": Place(umask=0o077),
        "umask 0": Place(umask=0),
    },
}
"""Where nothing may differ, not by a byte."""

ASKED_AGAIN = COMMANDS[:6]
HOMES = {
    "a home that is not there": env(**ON, HOME="/nonexistent"),
    "a home that is a device": env(**ON, HOME="/dev/null"),
    "no place for a cache": env(**ON, HOME="", XDG_CACHE_HOME=""),
    "a cache in a relative folder": env(**ON, HOME="/nonexistent", XDG_CACHE_HOME="relative"),
    "a cache where a file is": env(**ON, XDG_CACHE_HOME="taken"),
    "a cache in a path that is no text": env(**ON, XDG_CACHE_HOME=os.fsdecode(b"/nonexistent/\xff\n")),
}
"""Where a cache is wanted and cannot be."""

OTHERS = {
    "nobody, in a home of somebody else's": Place({**ON, "HOME": "."}, user=NOBODY),
    "a user that the system does not know, without a home": Place({**ON, "HOME": None}, user=12_345),
}
"""Users who may write nowhere."""


def different(
    group: dict[str, Place], home: Path, expected: Sequence[Came], commands: Sequence[Words] = COMMANDS
) -> list[tuple[str, Words]]:
    """Where which command comes to something else; the words of a help text are broken to the columns."""
    return [
        (name, words)
        for name, place in group.items()
        for words, one, found in zip(commands, expected, places.run(place, commands, home, SETTINGS), strict=True)
        if found != one and not (words[-1] == "--help" and "COLUMNS" in place.settings)
    ]


@pytest.mark.parametrize("kind", PLACES)
def test_what_is_printed_is_the_same_in_every_place(kind: str, plain: list[Came], home: Path, tell: Tell) -> None:
    """Both streams and the status, to the byte; never a warning of ours, or of what we import."""
    found = different(PLACES[kind], home, plain)
    tell(f"places: {len(PLACES[kind])} {kind} × {len(COMMANDS)} commands, different: {len(found)}")
    assert found == []


@pytest.mark.parametrize("group", [HOMES, pytest.param(OTHERS, marks=as_others)], ids=["homes", "users"])
def test_a_home_that_is_none_and_a_user_without_rights_are_shown_the_same_twice(
    group: dict[str, Place], plain: list[Came], home: Path, tell: Tell
) -> None:
    """The second time would be told from the cache, if there were one. Nothing is left behind."""
    expected = [plain[COMMANDS.index(words)] for words in ASKED_AGAIN] * 2
    before = sorted(home.rglob("*"))
    found = different(group, home, expected, ASKED_AGAIN * 2)
    who = "homes" if group is HOMES else "users"
    tell(f"places: {len(group)} {who} × {len(ASKED_AGAIN)} commands, twice, different: {len(found)}")
    assert found == []
    assert sorted(home.rglob("*")) == before


WRITING: dict[Words, str] = {
    ("export", "2024", "-f", "csv", "-o", "out.csv"): "cannot write 'out.csv': permission denied",
    ("check", "-o", "out.txt"): "cannot write 'out.txt': permission denied",
    ("init", "mine"): "cannot write 'mine': permission denied",
    ("add", "top-up", "shelters-2024", "1 mnkr", "--decided", "2024-03", "--source", "bill"): ": permission denied",
}


@as_others
def test_a_user_who_may_write_nowhere_is_told_so_in_one_line(home: Path) -> None:
    """Status 2, and nothing is left behind."""
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    came = places.run(Place(user=NOBODY), tuple(WRITING), home, SETTINGS)
    said = {words: one.errors.decode().splitlines()[-1] for words, one in zip(WRITING, came, strict=True)}
    assert {words: line for words, line in said.items() if WRITING[words] not in line} == {}
    assert [(one.status, one.output) for one in came] == [(2, b"")] * len(WRITING)
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


# --- what the place must change


@pytest.mark.parametrize("encoding", ["ascii:strict", "cp1252"])
def test_an_encoding_without_our_letters_loses_no_figure_and_no_line(
    encoding: str, plain: list[Came], home: Path
) -> None:
    """What it lacks becomes `?` or the nearest sign that it has."""
    came = places.run(env(PYTHONIOENCODING=encoding), COMMANDS, home, SETTINGS)
    codec = encoding.partition(":")[0]
    for words, one, found in zip(COMMANDS, plain, came, strict=True):
        figures, shown = (
            [re.findall(r"\d+", line) for line in text.split("\n")]
            for text in (one.output.decode(), found.output.decode(codec))
        )
        assert (found.status, shown) == (one.status, figures), words
        assert found.errors.decode(codec) == one.errors.decode().encode(codec, "replace").decode(codec), words


def started(*options: str, folder: Path, **settings: str) -> tuple[int, bytes, str]:
    """How `summary 2024` ends when Python is started so, and what it prints and says."""
    words = [sys.executable, *options, "-m", "ledger", "summary", "2024"]
    done = subprocess.run(words, cwd=folder, env=SETTINGS | settings, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr.decode()


def test_without_its_texts_or_its_files_the_program_says_so(home: Path, tmp_path: Path) -> None:
    """`-OO` takes away the pages of checks, and in a zip file no command is found: one line, status 2."""
    said = "ledger: Python runs with -OO, which leaves out texts that this program shows: use -O, or neither\n"
    assert started("-OO", folder=home) == (2, b"", said)
    packed = tmp_path / "program.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted((ROOT / "src").rglob("*.py")):
            archive.write(file, file.relative_to(ROOT / "src"))
    said = "ledger: it cannot run from inside a zip file: install it with pip\n"
    assert started(folder=home, PYTHONPATH=str(packed)) == (2, b"", said)


@pytest.mark.parametrize(
    "words", [("summary", "2024"), ("check",), ("diff", "HEAD"), ("init", "mine"), ("report", "-o", "r.html")]
)
def test_a_current_directory_that_is_gone_is_status_2_in_one_line(words: Words, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f"rmdir '{gone}'; exec '{PROGRAM}' {' '.join(words)}"
    done = subprocess.run(["/bin/sh", "-c", command], cwd=gone, env=SETTINGS, capture_output=True, check=False)
    said = "the current directory is not there any more: change to another one"
    assert (done.returncode, done.stdout, done.stderr.decode()) == (2, b"", f"ledger: {said}\n")


def test_an_acceptance_runs_out_on_the_same_day_in_every_time_zone(tmp_path: Path) -> None:
    """The day is that of UTC: what holds until today holds, what held until yesterday does not."""
    accepted = "    accept: [{check: parts-mismatch, reason: published so, source: bill, until: DAY}]\n"
    text = MISMATCH.replace("    parts:\n", f"{accepted}    parts:\n")
    zones = [env(), env(TZ="Etc/GMT-14"), env(TZ="Etc/GMT+12")]
    statuses: list[list[int]] = []
    today = None
    while today != datetime.now(UTC).date():  # once more if midnight falls into it
        today = datetime.now(UTC).date()
        statuses = []
        for days in (0, 1):
            folder = tmp_path / f"{today}-{days}"
            ledger(folder, text.replace("DAY", str(today - timedelta(days=days))))
            statuses.append([places.run(zone, (("check",),), folder, SETTINGS)[0].status for zone in zones])
    assert statuses == [[0, 0, 0], [1, 1, 1]]


@pytest.mark.parametrize(("mask", "mode"), [(0o077, 0o600), (0o022, 0o644), (0, 0o666)])
def test_the_umask_rules_over_results_and_never_opens_the_cache(mask: int, mode: int, tmp_path: Path) -> None:
    """What is exported is as readable as the user wants; what is remembered is the user's alone."""
    ledger(tmp_path)
    commands = ("summary", "2024", "-o", "out.txt"), ("summary", "2024"), ("summary", "2024")
    settings = SETTINGS | {"LEDGER_CACHE": "1", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    _, first, second = places.run(Place(umask=mask), commands, tmp_path, settings)
    assert first == second
    assert (tmp_path / "out.txt").stat().st_mode & 0o777 == mode
    kept = [tmp_path / "cache" / "gender-budget-ledger", *(tmp_path / "cache").rglob("answer-*")]
    assert [path.stat().st_mode & 0o077 for path in kept] == [0, 0]


# --- paths

NAMES = (
    *("with a space", "å, ä och ö", 'it\'s "quoted"', "100%41%", "#1", "-dash", "two\nlines", "tab\there"),
    *("[red]rich", "back\\slash", "*?", "$HOME ~ `x`", "a:b;c&d|e", "x" * 200, "\N{CHEESE WEDGE}"),
    *("\x1b[31m", "\u202efdp"),
)
ASKED = (
    *(("summary", "2024"), ("query", "--format", "json")),
    *(("check",), ("check", "--format", "json"), ("check", "--format", "sarif")),
)


def renamed(value: object, was: str, now: str) -> object:
    """A JSON value with another path in every text."""
    match value:
        case dict():
            return {key: renamed(one, was, now) for key, one in value.items()}
        case list():
            return [renamed(one, was, now) for one in value]
        case str():
            return value.replace(was, now)
        case _:
            return value


def test_folders_and_files_may_be_called_anything(tmp_path: Path, tell: Tell) -> None:
    """The same figures and findings, with the path as it is in JSON, as an address in SARIF, and readable in text."""
    for name in ("plain", *NAMES):
        data = ledger(tmp_path / name, MISMATCH)
        (data / "ledger.yaml").rename(data / f"{name}.yaml")
    commands = [(*words, "--data", f"{name}/data") for name in ("plain", *NAMES) for words in ASKED]
    came = iter(places.run(Place(), commands, tmp_path, SETTINGS))
    expected = [next(came) for _ in ASKED]
    was = "plain/data/plain.yaml"
    for name in NAMES:
        now = f"{name}/data/{name}.yaml"
        summary, query, text, findings, sarif = found = [next(came) for _ in ASKED]
        assert [(one.status, one.errors) for one in found] == [(one.status, one.errors) for one in expected]
        assert summary.output == expected[0].output
        assert json.loads(query.output) == renamed(json.loads(expected[1].output), was, now)
        assert text.output.decode() == expected[2].output.decode().replace(was, one_line(now))
        assert json.loads(findings.output) == renamed(json.loads(expected[3].output), was, now)
        uris = [re.findall(r'"uri": "(.*)"', one.output.decode()) for one in (sarif, expected[4])]
        assert uris[0] == [uri.replace(was, quote(now)) for uri in uris[1]]
    tell(f"places: {len(NAMES)} names of folders and files × {len(ASKED)} commands, different: 0")


NOT_TEXT = os.fsdecode(b"m\xe5l.yaml")
"""A name from before UTF-8, as ISO 8859-1 wrote it."""


@pytest.mark.skipif(sys.platform == "darwin", reason="its file systems take no such name")
def test_a_file_name_that_is_not_utf8_is_refused_where_it_is_read(tmp_path: Path) -> None:
    """Every command says which file it is; what programs read is JSON and XML that every reader takes."""
    (ledger(tmp_path) / "ledger.yaml").rename(tmp_path / "data" / NOT_TEXT)
    forms = ("text", "json", "github", "gitlab", "sarif", "junit")
    showing = (
        *(("summary",), ("query", "--format", "json"), ("show", "shelters-2024"), ("sql", "SELECT 1")),
        *(("export", "-f", form, "-o", "out") for form in ("csv", "json", "xlsx", "parquet", "sqlite", "datapackage")),
        ("report", "-o", "out.html"),
    )
    commands = [("check", "-f", form) for form in forms] + list(showing)
    came = dict(zip(commands, places.run(Place(), commands, tmp_path, SETTINGS), strict=True))
    said = r"the name of this file, or of a folder that it lies in, is not UTF-8: rename it"
    for words in showing:
        assert (came[words].status, came[words].output) == (2, b""), words
        assert rf"data/m\udce5l.yaml:1:1: error[syntax] {said}" in came[words].errors.decode(), words
    for form in forms:
        one = came["check", "-f", form]
        printed = one.output.decode()
        assert (one.status, said in printed) == (1, True), form
        assert b"fault of the program" not in one.errors
        if form in ("json", "gitlab", "sarif"):
            whole = json.dumps(json.loads(printed), ensure_ascii=False).encode().decode()  # no half of a pair in it
            assert "data/m%E5l.yaml" in whole or r"data/m\\udce5l.yaml" in whole
        else:
            assert r"data/m\udce5l.yaml" in printed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


# --- very many files


def test_ten_thousand_files_are_all_counted_with_few_of_them_open(tmp_path: Path, tell: Tell) -> None:
    """One line of 1 000 kr in each, and two files in folders: nothing is left out, and memory is bounded."""
    data = tmp_path / "data"
    for number in range(10_000):
        folder = data / f"{number % 100:02}"
        folder.mkdir(parents=True, exist_ok=True)
        line = f"allocations:\n  a{number}: {{title: A, kind: grant, year: 2024, total: 1000 kr, source: s}}\n"
        (folder / f"{number}.yaml").write_text(line)
    (data / "sources.yaml").write_text("sources:\n  s: {title: S, kind: article, published: 2024}\n")
    commands = ("check",), ("summary", "2024", "--by", "source", "--format", "json")
    checked, summed = places.run(Place(before="ulimit -n 64"), commands, tmp_path, SETTINGS)
    assert (checked.status, checked.output) == (0, b"")
    assert checked.errors.decode().splitlines()[1:] == [
        "ledger: 10001 files, 10000 lines, 10000 figures, 1 source: clean"
    ]
    [row] = json.loads(summed.output)["rows"]
    assert row["total"] == "10000000"
    most = max(checked.memory, summed.memory)
    tell(f"places: 10 000 files, at most 64 open: all counted, at most {most} MiB")
    assert most < 400


# --- terminals

WIDTHS = (40, 80, 200)
ON_TERMINALS: tuple[Words, ...] = (
    *(("summary", "2024"), ("summary",), ("summary", "2024", "--by", "recipient")),
    *(("show", "lst-utvecklingsmedel-2024"), ("query", "year:2024"), ("initiatives",), ("explain",)),
    *(("explain", "total-mismatch"), ("diff", "older"), ("reconcile", "figures.csv"), ("check", "--data", "wrong")),
)
_STEERING = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def test_every_line_fits_the_terminal_unless_it_is_one_word(tmp_path: Path, tell: Tell) -> None:
    """Results, from 40 columns on; the lines of an example, which are copied, stay as they are."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    ledger(tmp_path, CLEAN, "older")
    ledger(tmp_path, MISMATCH, "wrong")
    (tmp_path / "figures.csv").write_text("id,year,total\nlst-utvecklingsmedel-2024,2024,57 mnkr\n", encoding="utf-8")
    for columns in WIDTHS:
        settings = SETTINGS | {"TERM": "xterm-256color"}
        came = places.run(Place(columns=columns), ON_TERMINALS, tmp_path, settings)
        for words, one in zip(ON_TERMINALS, came, strict=True):
            shown = _STEERING.sub("", re.sub(r"```yaml.*?```", "", one.output.decode(), flags=re.DOTALL))
            assert shown.strip(), words
            too_long = [line for line in shown.splitlines() if width(line) > columns and len(line.split()) > 1]
            assert too_long == [], (columns, words)
    tell(
        f"places: terminals of {', '.join(map(str, WIDTHS))} columns × {len(ON_TERMINALS)} commands, lines too long: 0"
    )


# --- installed elsewhere


def test_a_wheel_in_a_path_with_spaces_shows_the_data_that_it_holds(tmp_path: Path) -> None:
    """The same bytes as the checkout shows, from a folder that no path of ours is called like."""
    built, installed = tmp_path / "built", tmp_path / "in stället, här"
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(built)]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True)
    [wheel] = built.iterdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    status, shown, said = started(folder=tmp_path, PYTHONPATH=str(installed))
    assert (status, shown) == started(folder=tmp_path, LEDGER_DATA=str(ROOT / "data"))[:2]
    assert (status, said) == (0, f"ledger: {installed / 'ledger' / 'data'} (the data set shipped with the program)\n")
