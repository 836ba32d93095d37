"""The budgets are held: a breach of each, planted in a small repository, is reported by its place."""

import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "budgets.py"

LABEL = '"""Holds what a test plants."""\n'
SOUND = LABEL + "\n\ndef circulate(issue: str) -> str:\n    return issue\n"
UNFINISHED = "TO" + "DO"  # in two halves: this file is looked at as well


def measured(root: Path, **planted: str) -> tuple[int, str]:
    """Measure a repository of one sound module and the planted files; give exit code and output."""
    files = {"src/clearinghouse/letters.py": SOUND, **planted}
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(TOOL), str(root)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def function(body: str, arguments: str = "") -> str:
    """Write a labelled module with one function."""
    return f"{LABEL}\n\ndef circulate({arguments}):\n{body}"


def long_body(lines: int) -> str:
    """Write a body that makes a function of this many lines, its `def` among them."""
    return "    issue = 1\n" * (lines - 1)


def branching_body(branches: int) -> str:
    """Write a body with this many branches."""
    return "    if issue:\n        issue += 1\n" * branches


SRC = "src/clearinghouse"

BREACHES = [
    # planted file, its text, line, what is said of it
    (f"{SRC}/a.py", function(long_body(41)), 4, "circulate is 41 lines (budget 40)"),
    (f"{SRC}/views/a.py", function(long_body(31)), 4, "circulate is 31 lines (budget 30)"),
    (f"{SRC}/views.py", function(long_body(31)), 4, "circulate is 31 lines (budget 30)"),
    (f"{SRC}/a.py", LABEL + "ISSUE = 1\n" * 350, 1, "351 lines (budget 350)"),
    (f"{SRC}/a.py", function(branching_body(8), "issue"), 4, "circulate branches 9 ways"),
    (f"{SRC}/a.py", function("    pass\n", "a, b, c, d, *, e, f, g"), 4, "takes 7 arguments"),
    ("tools/a.py", function(long_body(41)), 4, "circulate is 41 lines (budget 40)"),
    (f"{SRC}/a.py", "ISSUE = 1\n", 1, "no sentence says what this module is for"),
    ("tests/test_a.py", "ISSUE = 1\n", 1, "no sentence says what this module is for"),
    (f"{SRC}/utils.py", SOUND, 1, "its name says nothing of its subject"),
    (f"{SRC}/core/letters.py", SOUND, 1, "its name says nothing of its subject"),
    (f"{SRC}/a.py", LABEL + "import os  # noqa\n", 2, "a suppression without"),
    (f"{SRC}/a.py", LABEL + "import os  # noqa: F401\n", 2, "a suppression without"),
    (f"{SRC}/a.py", LABEL + "ISSUE = 1  # type: ignore  # why\n", 2, "a suppression without"),
    (f"{SRC}/a.py", LABEL + "ISSUE = 1  # type: ignore[misc]\n", 2, "a suppression without"),
    ("tests/test_a.py", LABEL + "import os  # noqa: F401\n", 2, "a suppression without"),
    (f"{SRC}/a.py", LABEL + f"# {UNFINISHED}: the rest\n", 2, f"unfinished: {UNFINISHED}"),
    (f"{SRC}/a.html", f"<p>\n{UNFINISHED}</p>\n", 2, f"unfinished: {UNFINISHED}"),
    (f"{SRC}/a.html", '<p>\n<b style="color: red">\n', 2, "inline style"),
    (f"{SRC}/a.html", "{% if x\n%}\n<b onclick='go()'>\n", 3, "inline onclick"),
    ("tests/test_a.py", LABEL + "def test_it():\n    print(1)\n", 2, "test_it asserts nothing"),
]


@pytest.mark.parametrize(("name", "text", "line", "said"), BREACHES)
def test_a_planted_breach_is_reported_by_its_place(
    tmp_path: Path, name: str, text: str, line: int, said: str
) -> None:
    code, output = measured(tmp_path, **{name: text})

    [report] = [each for each in output.splitlines() if each.startswith(f"{name}:")]
    assert report.startswith(f"{name}:{line}: ")
    assert said in report
    assert code == 1


WITHIN = [
    # a file that uses all of a budget, or looks like a breach and is none
    (f"{SRC}/a.py", function(long_body(40))),
    (f"{SRC}/views/a.py", function(long_body(30))),
    (f"{SRC}/a.py", LABEL + "ISSUE = 1\n" * 349),
    (f"{SRC}/a.py", function(branching_body(7), "issue")),
    (f"{SRC}/a.py", function("    pass\n", "self, a, b, c, d, *, e, f")),
    (f"{SRC}/a.py", LABEL + "import os  # noqa: F401  # what others import from here\n"),
    (f"{SRC}/a.py", LABEL + 'SHOWN = "# noqa"\n'),
    (f"{SRC}/__init__.py", ""),
    (f"{SRC}/letters/migrations/0001_initial.py", "ISSUE = 1\n" * 400),
    (f"{SRC}/a.html", '{% button style="quiet" only="desk" %}<p class="x">on = off</p>\n'),
    ("tests/test_a.py", LABEL + "def test_it():\n" + long_body(80) + "    assert issue\n"),
    ("tests/test_a.py", LABEL + "def test_it():\n    with pytest.raises(E):\n        go()\n"),
]


@pytest.mark.parametrize(("name", "text"), WITHIN)
def test_what_is_within_budget_is_not_reported(tmp_path: Path, name: str, text: str) -> None:
    code, output = measured(tmp_path, **{name: text})

    assert output.endswith("\n0 over budget\n")
    assert code == 0


def test_the_figures_are_those_of_the_source(tmp_path: Path) -> None:
    tests = LABEL + "def test_it():\n    assert True\n"
    _, output = measured(
        tmp_path, **{f"{SRC}/a.py": function(branching_body(4), "issue"), "tests/test_a.py": tests}
    )

    assert "2 modules, 17 lines (median 8, longest 12)" in output
    assert "2 functions (median 6 lines, 90th percentile 9, longest 9; " in output
    assert "branching: 90th percentile 5, highest 5" in output
    assert "2 of 2 modules labelled; 1 test functions in 3 lines, 0 skips" in output


def test_a_folder_without_source_is_wrong_usage(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(TOOL), str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert done.stderr == f"{tmp_path}: no source to measure\n"
