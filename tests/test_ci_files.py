"""What CI servers are given: the action for GitHub, the job for GitLab, the hook for pre-commit; run as they run them.

There is no such server here, so the shell steps run in bash with what the server would set; pre-commit is the real one.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from forked import environment
from repositories import commit, git, repository
from running import CLEAN, MISMATCH, PROGRAM, ledger
from test_since import MISSPELT
from transcript import ROOT

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
BLOCKS = {
    (match[1].partition("\n")[0].removeprefix("# ")): match[1]
    for match in re.finditer(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
}
"""The files that the page gives, by the names in their first lines."""

NAME = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"]
WARNS = CLEAN.replace("sources:\n", "  nsp: {name: Stödprogrammet, kind: programme}\nsources:\n")
"""An agency that nothing names: a warning."""

INSTALLED = {"program": PROGRAM, "python-path": sys.executable}
"""What earlier steps tell: where the program and the Python are."""


@dataclass(frozen=True)
class Ran:
    """How a step ended, what it printed, and the summary and outputs that it wrote for GitHub."""

    status: int
    output: str
    error: str
    summary: str
    outputs: str


def step(name: str) -> dict[str, Any]:
    [found] = [one for one in ACTION["runs"]["steps"] if one.get("name") == name]
    return dict(found)


def filled(value: str, inputs: dict[str, str]) -> str:
    """An expression as GitHub fills it in: with an input, given or by default, or what an earlier step told."""
    expression = re.fullmatch(r"\$\{\{ (inputs|steps\.\w+\.outputs)\.([\w-]+) \}\}", value)
    assert expression, value
    if expression[1] != "inputs":
        return INSTALLED[expression[2]]
    return inputs.get(expression[2], str(ACTION["inputs"][expression[2]]["default"]))


def run_step(name: str, folder: Path, **inputs: str) -> Ran:
    """Run a step of the action in a checkout, with the shell and the variables of GitHub's runner."""
    runner = folder.parent / "runner"
    runner.mkdir(exist_ok=True)
    script, summary, outputs = (runner / one for one in ("step.sh", "summary", "outputs"))
    script.write_text(step(name)["run"], encoding="utf-8")
    for file in (summary, outputs):
        file.write_text("", encoding="utf-8")
    given = {key: filled(value, inputs) for key, value in step(name)["env"].items()}
    variables = {
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_OUTPUT": str(outputs),
        "GITHUB_STEP_SUMMARY": str(summary),
        "RUNNER_OS": "Linux",
        "RUNNER_TEMP": str(runner),
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
        cwd=folder,
        env=environment(**variables, **packages()) | given,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    written = [file.read_text(encoding="utf-8") for file in (summary, outputs)]
    return Ran(done.returncode, done.stdout, done.stderr, *written)


def packages() -> dict[str, str]:
    """What tells pip where packages are, on a machine where that is not the usual place."""
    return {key: value for key, value in os.environ.items() if key.startswith(("PIP_", "SSL_CERT"))}


def checkout(folder: Path, text: str) -> Path:
    """A repository with a ledger of this text in its first commit."""
    ledger(repository(folder / "checkout"), text)
    commit(folder / "checkout")
    return folder / "checkout"


@pytest.fixture
def index(tmp_path: Path) -> None:
    """Packages can be installed; without a network a test that needs them is skipped, but never in CI."""
    quickly = ["--quiet", "--retries", "0", "--timeout", "15", "--disable-pip-version-check"]
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        *quickly,
        "--no-deps",
        "--dest",
        str(tmp_path / "x"),
        "hatchling",
    ]
    if subprocess.run(command, capture_output=True, check=False).returncode and not os.environ.get("CI"):
        pytest.skip("packages cannot be installed: there is no network, or no pip")


def test_no_script_of_the_action_has_an_expression_in_it() -> None:
    """GitHub would put the text there before bash reads it: what a caller writes would be a part of the script."""
    steps = [one for one in ACTION["runs"]["steps"] if "run" in one]
    assert len(steps) == 2
    assert [one["name"] for one in steps if "${{" in one["run"]] == []


def test_every_input_is_explained_optional_and_used() -> None:
    for name, one in ACTION["inputs"].items():
        assert one["description"].endswith(".")
        assert isinstance(one["default"], str)
        assert f"inputs.{name} " in (ROOT / "action.yml").read_text(encoding="utf-8").partition("runs:")[2]
        assert f"`{name}`" in PAGE


@pytest.mark.parametrize(
    ("text", "inputs", "status", "shown"),
    [
        (CLEAN, {}, 0, []),
        (MISMATCH, {}, 1, ["parts-mismatch"]),
        (WARNS, {}, 0, ["unused-agency"]),
        (WARNS, {"strict": "true"}, 1, ["unused-agency"]),
        (WARNS, {"strict": "maybe"}, 2, []),
        (MISMATCH, {"select": "unused-agency,unused-source"}, 0, []),
        (MISMATCH, {"ignore": "parts-mismatch"}, 0, []),
        (MISMATCH, {"data": "data"}, 1, ["parts-mismatch"]),
        (MISMATCH, {"data": "elsewhere"}, 2, []),
        (MISMATCH + MISSPELT, {"since": "HEAD"}, 0, []),
        (MISMATCH + MISSPELT, {"since": "--output=made"}, 2, []),
    ],
    ids=lambda value: " ".join(f"{key}={one}" for key, one in value.items()) if isinstance(value, dict) else None,
)
def test_the_action_says_what_is_wrong_where_github_shows_it(
    text: str, inputs: dict[str, str], status: int, shown: list[str], tmp_path: Path
) -> None:
    ran = run_step("ledger check", checkout(tmp_path, text), **inputs)
    assert (ran.status, re.findall(r"^::\w+ file=data/ledger.yaml,.*?title=([\w-]+)::", ran.output, re.MULTILINE)) == (
        status,
        shown,
    )
    assert ("### ledger check: " in ran.summary) == (status < 2)
    assert all(f" {one} |" in ran.summary for one in shown)


@pytest.mark.parametrize("name", ["data", "since", "select", "ignore", "strict"])
def test_what_a_caller_of_the_action_writes_is_never_a_command(name: str, tmp_path: Path) -> None:
    folder = checkout(tmp_path, CLEAN)
    value = "$(touch made)`touch made`; touch made #\"; touch made; '; touch made\ntouch made\n"
    assert run_step("ledger check", folder, **{name: value}).status == 2
    assert sorted(path.name for path in folder.iterdir()) == [".git", "data"]


@pytest.mark.usefixtures("index")
def test_the_action_installs_the_program_into_an_environment_of_its_own(tmp_path: Path) -> None:
    ran = run_step("Install ledger", checkout(tmp_path, CLEAN))
    assert ran.status == 0, ran.error
    [program] = re.fullmatch(r"program=(.*)\n", ran.outputs).groups()  # type: ignore[union-attr]
    assert Path(program).is_relative_to(tmp_path)
    told = subprocess.run([program, "--version"], capture_output=True, encoding="utf-8", check=True)
    here = subprocess.run([PROGRAM, "--version"], capture_output=True, encoding="utf-8", check=True)
    assert told.stdout == here.stdout


def test_the_workflow_of_the_page_gives_the_action_what_it_takes() -> None:
    workflow = yaml.safe_load(BLOCKS[".github/workflows/ledger.yml"])
    [_, ours] = workflow["jobs"]["check"]["steps"]
    assert ours["uses"] == f"OWNER/{NAME}@REVISION"
    assert set(ours["with"]) <= set(ACTION["inputs"])
    assert workflow["permissions"] == {"contents": "read"}


@pytest.mark.parametrize(("text", "status", "found"), [(CLEAN, 0, []), (MISMATCH, 1, ["parts-mismatch"])])
def test_the_job_for_gitlab_writes_its_report_and_keeps_it(
    text: str, status: int, found: list[str], tmp_path: Path
) -> None:
    """Its commands, but for the first, which installs the program from the index, in a checkout."""
    job = yaml.safe_load(BLOCKS[".gitlab-ci.yml"])["ledger"]
    install, *commands = job["script"]
    assert install == f"pip install {NAME}"
    folder = checkout(tmp_path, text)
    path = os.pathsep.join((str(Path(PROGRAM).parent), os.environ["PATH"]))
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", "\n".join(commands)],
        cwd=folder,
        env=environment(PATH=path, CI="true", GITLAB_CI="true"),
        capture_output=True,
        check=False,
    )
    assert done.returncode == status, done.stderr.decode()
    report = json.loads((folder / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8"))
    assert [(one["check_name"], one["location"]["path"]) for one in report] == [
        (one, "data/ledger.yaml") for one in found
    ]
    assert job["artifacts"]["when"] == "always"


@pytest.fixture(scope="module")
def program_repository(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The repository of the program with what installing needs, as it is now, and its commit."""
    folder = repository(tmp_path_factory.mktemp("program"))
    for name in (".gitignore", ".pre-commit-hooks.yaml", "LICENSE", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    for name in ("LICENSES", "data", "src"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder, commit(folder)


@pytest.mark.usefixtures("index")
def test_pre_commit_runs_the_hook_of_a_clone_and_stops_a_wrong_commit(
    program_repository: tuple[Path, str], tmp_path: Path
) -> None:
    """The real one, as `git commit` calls it: it clones, makes an environment, and runs when a ledger file changed."""
    configured = BLOCKS[".pre-commit-config.yaml"]
    address, revision = program_repository
    configured = re.sub(r"https://example.org/\S+", str(address), configured).replace("REVISION", revision)
    folder = repository(tmp_path / "checkout")
    (folder / ".pre-commit-config.yaml").write_text(configured, encoding="utf-8")
    (folder / "notes.txt").write_text("x\n", encoding="utf-8")
    ledger(folder, MISMATCH)
    git(folder, "add", "--all")
    cache = {"PRE_COMMIT_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path), **packages()}

    def hooks() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pre_commit", "run", "--color", "never"]
        return subprocess.run(
            command, cwd=folder, env=environment(**cache), capture_output=True, encoding="utf-8", check=False
        )

    wrong = hooks()
    assert wrong.returncode == 1, wrong.stdout + wrong.stderr
    assert re.search(r"^ledger check\.+Failed$", wrong.stdout, re.MULTILINE), wrong.stdout + wrong.stderr
    assert re.search(r"^data/ledger\.yaml:\d+:\d+: error\[parts-mismatch\] parts sum to 57", wrong.stdout, re.MULTILINE)
    (folder / "data" / "ledger.yaml").write_text(CLEAN, encoding="utf-8")
    git(folder, "add", "--all")
    right = hooks()
    assert right.returncode == 0, right.stdout + right.stderr
    assert re.search(r"^ledger check\.+Passed$", right.stdout, re.MULTILINE)
    git(folder, "rm", "--quiet", "--cached", "-r", "data")
    assert "no files to check" in hooks().stdout


@pytest.mark.parametrize(
    ("path", "runs"),
    [
        ("data/ledger.yaml", True),
        ("data/allocations/2021.yml", True),
        ("sweden/data/a.yaml", True),
        ("mydata/a.yaml", False),
        (".github/workflows/ledger.yml", False),
        ("data/README.md", False),
    ],
)
def test_the_hook_runs_when_a_file_of_a_ledger_changed(path: str, runs: bool) -> None:  # noqa: FBT001
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert bool(re.search(hook["files"], path)) == runs
    assert hook["pass_filenames"] is False


def test_every_link_of_the_page_leads_somewhere() -> None:
    headings = re.findall(r"^## (.*)$", PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}
    for target in re.findall(r"\]\((?!https:)([^)]+)\)", PAGE):
        assert target.removeprefix("#") in anchors or (ROOT / "docs" / target).is_file(), target
