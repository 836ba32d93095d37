#!/usr/bin/env python3
"""Hold the code against the house's budgets: lengths, branching, labels and loose ends.

Usage: tools/budgets.py [ROOT]      ROOT is the repository; without it, the one this file is in.

Prints the figures, then one line `FILE:LINE: what is wrong` for each place over budget.
Exit code: 0 within budget, 1 over, 2 if ROOT has no source. Reads, never writes; standard library
only. The budgets are those of docs/architecture.md; migrations are generated and left out.
"""

from __future__ import annotations

import ast
import io
import re
import statistics
import sys
import tokenize
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FUNCTION_LINES, VIEW_LINES, FILE_LINES, BRANCHING, ARGUMENTS = 40, 30, 350, 8, 6

MEASURED = ("src", "tools", "drills", "benchmarks")  # tests are pictures: they may be long
TESTS = "tests"

NAMES_THAT_SAY_NOTHING = {"util", "utils", "helper", "helpers", "common", "misc", "core", "base"}

# Written so that these patterns do not find themselves.
PLACEHOLDER = re.compile(
    r"\b(T[O]DO|F[I]XME|X[X]X|H[A]CK|NotImplemented[E]rror\(\)"
    r"|coming [s]oon|comes [l]ater|lorem [i]psum|placeholder [p]age)\b",
    re.IGNORECASE,
)
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|pyright:\s*ignore|nosec|pragma:\s*no cover)\b")
EXPLAINED = re.compile(
    r"#\s*(noqa:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|(type|pyright):\s*ignore\[[\w, -]+\]|nosec\s+B\d+"
    r"|pragma:\s*no cover)\s+#\s*\w.+"
)
TEMPLATE_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
INLINE = re.compile(r"\s(style|on[a-z]{3,})\s*=\s*[\"']", re.IGNORECASE)
ASSERTING_CALL = re.compile(r"assert|raises|warns|fail|check|expect|must|verify|violations|no_")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Measure:
    """What was counted so far, and each place over budget."""

    root: Path
    breaches: list[str] = field(default_factory=list)
    files: list[int] = field(default_factory=list)  # lines
    functions: list[int] = field(default_factory=list)  # lines
    branchings: list[int] = field(default_factory=list)
    labelled: int = 0  # modules
    tests: int = 0  # test functions
    test_lines: int = 0
    skips: int = 0

    def breach(self, path: Path, line: int, what: str) -> None:
        """Note a place over budget."""
        self.breaches.append(f"{path.relative_to(self.root)}:{line}: {what}")


# ── what is counted ──────────────────────────────────────────────────────────────────────────────


def branching(node: ast.AST) -> int:
    """Count McCabe's figure of a function: 1, and 1 for each place where its course divides.

    A branch, a loop, a handler, the `else` of a `try`, a case that is not the rest.
    Functions inside count with the one they stand in. Ruff's C901 counts the same.
    """
    return 1 + sum(divisions(inner) for inner in ast.walk(node) if inner is not node)


def divisions(node: ast.AST) -> int:
    """Count the courses that one statement adds."""
    match node:
        case ast.If() | ast.For() | ast.AsyncFor() | ast.While() | ast.ExceptHandler():
            return 1
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return 1
        case ast.Try() | ast.TryStar():
            return int(bool(node.orelse))
        case ast.Match():
            return sum(not is_the_rest(case) for case in node.cases)
    return 0


def is_the_rest(case: ast.match_case) -> bool:
    """Tell whether a case takes whatever is left."""
    pattern = case.pattern
    return case.guard is None and isinstance(pattern, ast.MatchAs) and pattern.pattern is None


def arguments(function: Function) -> int:
    """Count the arguments a caller may name, `self` and `cls` apart."""
    named = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    return sum(each.arg not in {"self", "cls"} for each in named)


def lines(function: Function) -> int:
    """Count the lines of a function from its `def` to its end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def asserts(function: Function) -> bool:
    """Tell whether a test holds anything: an assert, or a call whose name says that it does."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            if ASSERTING_CALL.search(name) or name == "call_command":
                return True
    return False


def functions_of(tree: ast.Module) -> list[Function]:
    """List every function of a module, methods and inner ones too."""
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


# ── what is looked at ────────────────────────────────────────────────────────────────────────────


def files_under(root: Path, folder: str, *endings: str) -> Iterator[Path]:
    """Give our own files under a folder in a stable order, without what is generated."""
    for path in sorted((root / folder).rglob("*")):
        if path.suffix in endings and not {"migrations", "__pycache__"} & set(path.parts):
            yield path


def look_at_code(measure: Measure, path: Path, tree: ast.Module, text: str) -> None:
    """Hold one measured module against the budgets of size."""
    length = len(text.splitlines())
    measure.files.append(length)
    measure.labelled += ast.get_docstring(tree) is not None
    if length > FILE_LINES:
        measure.breach(path, 1, f"{length} lines (budget {FILE_LINES})")
    is_view = "views" in path.parts or path.stem == "views"
    for function in functions_of(tree):
        budgets = (
            (lines(function), VIEW_LINES if is_view else FUNCTION_LINES, "is {} lines"),
            (branching(function), BRANCHING, "branches {} ways"),
            (arguments(function), ARGUMENTS, "takes {} arguments"),
        )
        measure.functions.append(budgets[0][0])
        measure.branchings.append(budgets[1][0])
        for figure, budget, saying in budgets:
            if figure > budget:
                said = f"{function.name} {saying.format(figure)} (budget {budget})"
                measure.breach(path, function.lineno, said)


def look_at_tests(measure: Measure, path: Path, tree: ast.Module, text: str) -> None:
    """See that every test of a module asserts something."""
    measure.test_lines += len(text.splitlines())
    measure.skips += len(re.findall(r"pytest\.(?:mark\.)?(?:skip|xfail)", text))
    for function in functions_of(tree):
        if function.name.startswith("test"):
            measure.tests += 1
            if not asserts(function):
                measure.breach(path, function.lineno, f"{function.name} asserts nothing")


def look_at_labels(measure: Measure, path: Path, tree: ast.Module) -> None:
    """See that a module says what it is for, in its first sentence and in its name."""
    if tree.body and ast.get_docstring(tree) is None:
        measure.breach(path, 1, "no sentence says what this module is for")
    if {path.stem, path.parent.name} & NAMES_THAT_SAY_NOTHING:
        measure.breach(path, 1, "its name says nothing of its subject")


def look_at_comments(measure: Measure, path: Path, text: str) -> None:
    """See that each suppression names its code and gives its reason."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT or not SUPPRESSION.search(token.string):
            continue
        if not EXPLAINED.search(token.string):
            measure.breach(path, token.start[0], "a suppression without its code or its reason")


def look_for_loose_ends(measure: Measure, path: Path, text: str) -> None:
    """See that nothing says of itself that it is unfinished."""
    for number, line in enumerate(text.splitlines(), 1):
        if found := PLACEHOLDER.search(line):
            measure.breach(path, number, f"unfinished: {found.group(0)}")


def look_at_template(measure: Measure, path: Path, text: str) -> None:
    """See that a page carries no style and no script in its attributes."""
    # A template's own tags may use these words; their lines are kept, so that numbers stay true.
    bare = TEMPLATE_TAG.sub(lambda tag: " " + "\n" * tag.group(0).count("\n"), text)
    for found in INLINE.finditer(bare):
        line = bare.count("\n", 0, found.end()) + 1
        measure.breach(path, line, f"inline {found.group(1)}")


# ── the whole ────────────────────────────────────────────────────────────────────────────────────


def look_at_everything(root: Path) -> Measure:
    """Read every file of ours once."""
    measure = Measure(root)
    for folder in (*MEASURED, TESTS):
        for path in files_under(root, folder, ".py"):
            text = path.read_text(encoding="utf-8")
            tree = ast.parse(text, filename=str(path))
            look_at_labels(measure, path, tree)
            look_at_comments(measure, path, text)
            look_for_loose_ends(measure, path, text)
            look = look_at_tests if folder == TESTS else look_at_code
            look(measure, path, tree, text)
    for path in files_under(root, "src", ".html", ".css", ".txt"):
        text = path.read_text(encoding="utf-8")
        look_for_loose_ends(measure, path, text)
        if path.suffix == ".html":
            look_at_template(measure, path, text)
    return measure


def figures(measure: Measure) -> str:
    """Put what was counted into a few lines."""
    sizes, branches = sorted(measure.functions), sorted(measure.branchings)
    tenth = int(len(sizes) * 0.9)  # the place of the 90th percentile
    return (
        f"{len(measure.files)} modules, {sum(measure.files)} lines "
        f"(median {statistics.median(measure.files):.0f}, longest {max(measure.files)})\n"
        f"{len(sizes)} functions (median {statistics.median(sizes):.0f} lines, "
        f"90th percentile {sizes[tenth]}, longest {sizes[-1]}; "
        f"branching: 90th percentile {branches[tenth]}, highest {branches[-1]})\n"
        f"{measure.labelled} of {len(measure.files)} modules labelled; "
        f"{measure.tests} test functions in {measure.test_lines} lines, {measure.skips} skips"
    )


def main() -> int:
    """Measure, print, and answer with the exit code."""
    given = sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent
    measure = look_at_everything(Path(given).resolve())
    if not measure.functions:
        print(f"{given}: no source to measure", file=sys.stderr)
        return 2
    print(figures(measure))
    for breach in measure.breaches:
        print(breach)
    print(f"{len(measure.breaches)} over budget")
    return 1 if measure.breaches else 0


if __name__ == "__main__":
    sys.exit(main())
