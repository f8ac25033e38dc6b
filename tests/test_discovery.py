"""Which ledger is meant: the option, the environment, the nearest data folder, or the data set of the program."""

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from ledger.discovery import KEYS, Found, find_ledger, holds_ledger, is_shipped
from ledger.reading import load
from ledger.reading.fast_validation import SHAPES

A_LEDGER = "allocations: {}\n"
NONE_HERE = "there is no ledger here: name its directory with --data, or begin one below data/"


def write(path: Path, text: str = A_LEDGER) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def found(start: Path, *, option: Path | None = None, named: str | None = None, shipped: bool = False) -> Found | str:
    """What is found, whatever was passed over on the way up."""
    environment = {} if named is None else {"LEDGER_DATA": named}
    one = find_ledger(option, environment, start, or_shipped=shipped)
    return replace(one, passed=()) if isinstance(one, Found) else one


def test_the_option_goes_before_everything(tmp_path: Path) -> None:
    """Even when it names an empty directory: that is an empty ledger."""
    write(tmp_path / "data/a.yaml")
    (tmp_path / "empty").mkdir()
    write(tmp_path / "named/a.yaml")
    option = tmp_path / "empty"
    assert found(tmp_path, option=option, named=str(tmp_path / "named")) == Found(option, "--data", given=True)


def test_the_environment_goes_before_the_nearest(tmp_path: Path) -> None:
    """It is not what the command line gave, so the command says which ledger it is."""
    write(tmp_path / "data/a.yaml")
    named = tmp_path / "named"
    named.mkdir()
    assert found(tmp_path, named=str(named)) == Found(named, "LEDGER_DATA", given=False)


def test_an_empty_environment_variable_names_nothing(tmp_path: Path) -> None:
    """As if it were not set."""
    write(tmp_path / "data/a.yaml")
    assert found(tmp_path, named="") == Found(Path("data"), "the nearest data folder")


@pytest.mark.parametrize(
    ("below", "shown"), [("", "data"), ("one", "../data"), ("one/two", "../../data"), ("data", "../data")]
)
def test_the_nearest_data_folder_at_or_above(tmp_path: Path, below: str, shown: str) -> None:
    """It is shown as reached from where one stands."""
    write(tmp_path / "data/a.yaml")
    start = tmp_path / below
    start.mkdir(parents=True, exist_ok=True)
    assert found(start) == Found(Path(shown), "the nearest data folder")


def test_a_nearer_data_folder_goes_before_one_further_up(tmp_path: Path) -> None:
    """When it holds a ledger: a folder of that name may hold anything."""
    write(tmp_path / "data/a.yaml")
    write(tmp_path / "one/data/numbers.csv", "1,2\n")
    write(tmp_path / "one/two/data/b.yml")
    assert found(tmp_path / "one/two") == Found(Path("data"), "the nearest data folder")
    assert found(tmp_path / "one") == Found(Path("../data"), "the nearest data folder")


LEDGERS = {
    "each top-level key": [
        *("ledger:\n", "goals: {}\n", "agencies:\n", "sources:\n", "allocations:\n", "claims:\n", "initiatives:\n")
    ],
    "below other lines": ["# words\n\nother: 1\nsources:\n"],
    "quoted": ['"allocations": {}\n', "'allocations' : {}\n"],
    "after a byte order mark": ["\ufeffallocations:\n"],
    "with CRLF": ["# words\r\nallocations:\r\n"],
    "broken": ["allocations:\n  a: [\n", "\tallocations: x\nsources: \x00\n"],
}
NO_LEDGERS = {
    "empty": [""],
    "other keys": ["version: 2\nservices: {}\n"],
    "only further in": ["x:\n  allocations: 1\n"],
    "as a value or a word": ["x: allocations\n", "my-allocations:\n", "allocations_old:\n", "# allocations: x\n"],
}


def test_a_ledger_is_found_by_the_keys_that_are_read() -> None:
    assert set(KEYS) == set(SHAPES)


@pytest.mark.parametrize("texts", LEDGERS.values(), ids=LEDGERS)
def test_a_folder_holds_a_ledger_when_a_file_has_one_of_its_keys(tmp_path: Path, texts: list[str]) -> None:
    """However broken it may be: then its faults are what one wants to see."""
    for number, text in enumerate(texts):
        write(tmp_path / f"{number}/a.yaml", text)
        assert holds_ledger(tmp_path / str(number))


@pytest.mark.parametrize("texts", NO_LEDGERS.values(), ids=NO_LEDGERS)
def test_other_yaml_is_no_ledger(tmp_path: Path, texts: list[str]) -> None:
    """Much else is written in YAML."""
    for number, text in enumerate(texts):
        write(tmp_path / f"{number}/a.yaml", text)
        assert not holds_ledger(tmp_path / str(number))


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("a.yaml", True),
        ("a.yml", True),
        ("one/two/three/a.yaml", True),
        (".a.yaml", False),
        (".git/a.yaml", False),
        ("a.yaml.bak", False),
        ("a.txt", False),
    ],
)
def test_a_ledger_is_found_where_it_would_be_read(tmp_path: Path, name: str, *, holds: bool) -> None:
    """Finding and reading look at the same files."""
    write(tmp_path / name)
    assert holds_ledger(tmp_path) is holds
    assert bool(load(tmp_path).texts) is holds


def test_what_cannot_be_read_holds_no_ledger(tmp_path: Path) -> None:
    """A folder that is not there, a file, a link to nowhere."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.yaml").symlink_to(tmp_path / "nowhere")
    assert not holds_ledger(tmp_path / "none")
    assert not holds_ledger(write(tmp_path / "file.yaml"))
    assert not holds_ledger(tmp_path / "data")


def test_a_folder_that_cannot_be_listed_does_not_hide_a_ledger_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is found, and reading it says what could not be listed."""
    write(tmp_path / "data/a/a.yaml")
    write(tmp_path / "data/b/b.yaml")
    listed = os.scandir

    def refuse(folder: str) -> object:
        if os.fspath(folder).endswith("a/a") or os.fspath(folder).endswith("data/a"):
            raise PermissionError(13, "Permission denied", folder)
        return listed(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found(tmp_path) == Found(Path("data"), "the nearest data folder")
    with pytest.raises(PermissionError):
        load(tmp_path / "data")


def test_without_a_ledger_a_command_that_shows_takes_the_shipped_one(tmp_path: Path) -> None:
    """In an editable install it is the repository's."""
    shipped = found(tmp_path, shipped=True)
    assert isinstance(shipped, Found)
    assert (shipped.by, shipped.given) == ("the data set shipped with the program", False)
    assert holds_ledger(shipped.directory)
    assert found(tmp_path) == NONE_HERE


def test_only_the_shipped_data_set_is_the_shipped_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However it is reached; a copy of it is somebody's own."""
    shipped = found(tmp_path, shipped=True)
    assert isinstance(shipped, Found)
    assert is_shipped(shipped.directory)
    monkeypatch.chdir(shipped.directory.parent)
    assert is_shipped(Path(shipped.directory.name))
    assert not is_shipped(write(tmp_path / "data/a.yaml").parent)


def test_a_nearest_ledger_goes_before_the_shipped_one(tmp_path: Path) -> None:
    """One's own comes first."""
    write(tmp_path / "data/a.yaml")
    assert found(tmp_path, shipped=True) == Found(Path("data"), "the nearest data folder")


@pytest.mark.parametrize("shipped", [False, True])
def test_a_directory_that_was_named_is_never_replaced_by_another(tmp_path: Path, *, shipped: bool) -> None:
    """A wrong name is an error, also where there is a ledger nearby."""
    write(tmp_path / "data/a.yaml")
    file, none = tmp_path / "data/a.yaml", tmp_path / "none"
    assert found(tmp_path, option=none, shipped=shipped) == f"--data: '{none}' is not there"
    assert found(tmp_path, option=file, shipped=shipped) == f"--data: '{file}' is not a directory"
    assert found(tmp_path, named=str(none), shipped=shipped) == f"LEDGER_DATA: '{none}' is not there"
    assert found(tmp_path, named=str(file), shipped=shipped) == f"LEDGER_DATA: '{file}' is not a directory"
