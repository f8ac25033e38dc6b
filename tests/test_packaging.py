"""What is handed on: the wheel, the source archive, lock files, and the commands that the README gives."""

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import ledger

ROOT = Path(__file__).parent.parent
HANDED_ON = {
    ".ci",
    ".pre-commit-hooks.yaml",
    "action.yml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "LICENSES",
    "README.md",
    "benchmarks",
    "data",
    "docs",
    "examples",
    "fuzz",
    "noxfile.py",
    "src",
    "tests",
}
STRAY = {
    ".mypy_cache/stray.json",
    ".venv/lib/data/stray.yaml",
    ".venv/lib/src/ledger/stray.py",
    "build/data/stray.yaml",
    "notes/data/stray.yaml",
    "notes/tests/stray.py",
    "src/ledger/__pycache__/stray.pyc",
    "stray.sqlite",
}
LOCKS = ("*.lock", "*lock.json", "*requirements*.txt", "*constraints*.txt", "pylock*.toml")


def below(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def handed_on(project: Path) -> set[str]:
    return {name for name in below(project) - STRAY if name.split("/")[0] in HANDED_ON}


def build(project: Path, target: str, into: Path) -> Path:
    """Build in the environment that is there: one of its own would take a network, and seconds."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(into)]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    [built] = into.iterdir()
    return built


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project, with a data file in a folder of its own and files that are no part of it."""
    copy = tmp_path / "project"
    copy.mkdir()
    for name in sorted(HANDED_ON | {"pyproject.toml", ".gitignore"}):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, copy / name)
    for name in sorted(STRAY | {"data/made-up/2021.yaml"}):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text("# made up\n", encoding="utf-8")
    return copy


@pytest.fixture
def unpacked(project: Path, tmp_path: Path) -> Path:
    """The project as it comes out of the source archive."""
    with tarfile.open(build(project, "sdist", tmp_path / "archive")) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    [top] = (tmp_path / "unpacked").iterdir()
    return top


def test_the_source_archive_has_the_whole_project_and_no_stray_file(project: Path, unpacked: Path) -> None:
    assert below(unpacked) == handed_on(project) | {"PKG-INFO", "pyproject.toml", ".gitignore"}


@pytest.mark.parametrize("origin", ["project", "unpacked"])
def test_the_wheel_has_the_program_the_data_and_the_licences(
    origin: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(origin)
    with zipfile.ZipFile(build(folder, "wheel", tmp_path / "wheel")) as wheel:
        found = set(wheel.namelist())
    files = handed_on(folder)
    about = f"gender_budget_ledger-{ledger.__version__}.dist-info"
    program = {name.removeprefix("src/") for name in files if name.startswith("src/")}
    data = {f"ledger/{name}" for name in files if name.startswith("data/")}
    licences = {f"{about}/licenses/{name}" for name in files if name.startswith("LICENSE")}
    assert "ledger/data/made-up/2021.yaml" in data
    assert f"{about}/licenses/LICENSES/CC0-1.0.txt" in licences
    assert found == program | data | licences | {
        f"{about}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt")
    }


def addresses(lock: str) -> list[str]:
    """The lines that bind a lock file to one index or machine; hashes are indented, so they are left alone."""
    return [line for line in lock.splitlines() if line.startswith("-") or "://" in line]


def test_no_lock_file_names_an_index_or_a_place() -> None:
    files = {file for pattern in LOCKS for folder in ("", "*/") for file in ROOT.glob(folder + pattern)}
    found = {file.name: addresses(file.read_text(encoding="utf-8")) for file in files}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_an_address_in_a_lock_file_is_found() -> None:
    plain = "rich==15.0.0 \\\n    --hash=sha256:00\n    # via typer\n"
    assert addresses(plain) == []
    bound = ["-i address", "--find-links wheels", "rich @ file:///wheels/rich.whl", "-e ."]
    assert addresses(plain + "\n".join(bound)) == bound


def test_ci_runs_the_two_commands_of_the_readme_as_they_stand_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    show, test = re.findall(r"^```sh\n(.*?)\n```$", readme, re.MULTILINE | re.DOTALL)[:2]
    assert show.endswith("ledger summary 2024")
    assert "pytest" in test
    run = [line.strip() for line in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()]
    assert run.count(show) == run.count(test) == 1
