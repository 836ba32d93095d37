"""A contract nobody has seen broken is a hope: each is broken here, in a copy, and must say so."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parents[2]
SETTINGS: dict[str, Any] = tomllib.loads((HERE / "pyproject.toml").read_text())["tool"]
CONTRACTS = [c["name"] for c in SETTINGS["importlinter"]["contracts"]]
MAP, ROOM, PURE = "Doors on top", "Inside a room", "Rules, formats"
DOORS, GRANTS, CYCLES = "Doors neither", "Only policies", "No cycles"
# fmt: off
PLANTED = {  # (contract, where, the import planted there)
    "a door touches a table":      (DOORS,  "web/pages.py", "clearinghouse.submissions.models"),
    "a door judges access":        (DOORS,  "web/pages.py", "clearinghouse.needs.policy"),
    "a door writes the record":    (DOORS,  "cli/__init__.py", "clearinghouse.ledger.record"),
    "an interface touches tables": (DOORS,  "api/__init__.py", "clearinghouse.needs.models"),
    "a door leads to a door":      (MAP,    "web/pages.py", "clearinghouse.cli"),
    "someone imports the wiring":  (MAP,    "people/queries.py", "clearinghouse.project.env"),
    "a foundation climbs":         (MAP,    "ledger/chain.py", "clearinghouse.submissions.rules"),
    "a room climbs":               (MAP,    "needs/queries.py", "clearinghouse.circulars.rules"),
    "a crossing opens a door":     (MAP,    "crossings/__init__.py", "clearinghouse.web.pages"),
    "an action makes a grant":     (GRANTS, "submissions/actions/__init__.py", "clearinghouse.access.grant"),
    "a query makes a grant":       (GRANTS, "needs/queries.py", "clearinghouse.access.grant"),
    "rules know Django":           (PURE,   "submissions/rules/workflow.py", "django.db.models"),
    "the kernel knows Django":     (PURE,   "kernel/workflow.py", "django"),
    "a format knows Django":       (PURE,   "mandate/formats/check.py", "django"),
    "a document knows Django":     (PURE,   "documents/model.py", "django"),
    "a query acts":                (ROOM,   "submissions/queries.py", "clearinghouse.submissions.actions"),
    "rules ask the policy":        (ROOM,   "standards/rules.py", "clearinghouse.standards.policy"),
    "a policy holds a table":      (ROOM,   "plan/policy.py", "clearinghouse.plan.models"),
}
# fmt: on


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as c; c()",
        "--no-cache",
    ]
    env = {"PYTHONPATH": str(root / "src"), "COLUMNS": "300"}
    return subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HERE / "pyproject.toml", tmp_path)
    return tmp_path


def plant(root: Path, where: str, line: str) -> None:
    path = root / "src" / "clearinghouse" / where
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{path.read_text() if path.exists() else ''}\n{line}\n")


def parts(said: str) -> dict[str, str]:
    """What is said of each broken contract, below its name."""
    found = re.split(r"\n([^\n]+)\n-+\n", said)
    return dict(zip(found[1::2], found[2::2], strict=True))


def module(where: str) -> str:
    return "clearinghouse." + where.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def test_every_contract_is_kept(copy: Path) -> None:
    result = lint(copy)
    assert result.returncode == 0, result.stdout
    assert f"{len(CONTRACTS)} kept, 0 broken" in result.stdout


def test_every_contract_can_be_broken(copy: Path) -> None:
    """All at once: each breach is named under the contract it breaks."""
    for _, where, imported in PLANTED.values():
        plant(copy, where, f"import {imported}")
    result = lint(copy)
    assert result.returncode == 1
    said = parts(result.stdout)
    for breach, (contract, where, imported) in PLANTED.items():
        (text,) = [t for name, t in said.items() if name.startswith(contract)]
        named = rf"{re.escape(module(where))}\s*->\s*{re.escape(imported.partition('.db')[0])}\b"
        assert re.search(named, text), f"{breach}: {text}"


def test_a_folder_that_is_not_on_the_map_is_named(copy: Path) -> None:
    plant(copy, "treasury/__init__.py", '"""Nobody placed this."""')
    result = lint(copy)
    assert result.returncode == 1
    assert re.search(rf"^{MAP}.* BROKEN$", result.stdout, re.MULTILINE)
    assert "treasury" in result.stdout


def test_going_round_is_named(copy: Path) -> None:
    plant(copy, "access/errors.py", "import clearinghouse.ledger.chain")
    result = lint(copy)
    assert result.returncode == 1
    assert re.search(rf"^{CYCLES}.* BROKEN$", result.stdout, re.MULTILINE), result.stdout


def test_every_contract_is_broken_here() -> None:
    broken = {contract for contract, _, _ in PLANTED.values()} | {CYCLES}
    assert all(any(name.startswith(b) for b in broken) for name in CONTRACTS)
    assert len(broken) == len(CONTRACTS)


FILES = {"rules", "policy", "models", "queries", "actions", "tasks", "formats", "migrations"}
OF_A_ROOM = {"apps", "__init__"}
BESIDES = {
    ("notices", "couriers"),  # carries mail: no rule, no table
    ("files", "reading"),  # looks into a file in a process of its own: no rule, no table
    ("files", "store"),  # where the bytes lie
    ("intake", "forms"),  # writes the forms that go out: no rule, no table
    ("people", "asking"),  # a middleware: it turns a login into an actor
    ("people", "clock"),  # writes a moment by the reader's clock: no rule, no table
    ("people", "signin"),  # the one adapter of the sign-in library
    ("people", "passwords"),  # the same
}
ROOMS = sorted(
    {p.parent for p in (HERE / "src" / "clearinghouse").glob("*/models.py")}
    - {HERE / "src/clearinghouse/ledger"}
)


@pytest.mark.parametrize("room", ROOMS, ids=lambda p: p.name)
def test_a_room_is_the_same_six_files(room: Path) -> None:
    """A file that outgrew its page is a package of the same name; a seventh needs a reason above."""
    named = {p.stem for p in room.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    besides = {name for where, name in BESIDES if where == room.name}
    assert named - besides <= FILES | OF_A_ROOM
    assert {"rules", "queries", "actions"} <= named


@pytest.mark.parametrize("room", ROOMS, ids=lambda p: p.name)
def test_a_room_is_on_the_list_of_rooms(room: Path) -> None:
    contracts = SETTINGS["importlinter"]["contracts"]
    (listed,) = [c["containers"] for c in contracts if c["name"].startswith(ROOM)]
    assert f"clearinghouse.{room.name}" in listed


LABELLED = sorted(
    p.parent
    for p in (HERE / "src" / "clearinghouse").glob("*/__init__.py")
    if p.parent.name not in {"project", "web", "api", "cli"}
)


@pytest.mark.parametrize("folder", LABELLED, ids=lambda p: p.name)
def test_everything_has_a_label_on_its_door(folder: Path) -> None:
    """One screen that begins with the name."""
    label = (folder / "README.md").read_text(encoding="utf-8")
    assert label.startswith(f"# {folder.name}\n")
    assert 3 <= label.count("\n") <= 60
