"""Reads a line of a picture: one cell for each of the cast, in the order of the cast."""

from tests.committee import CAST

HEADING = """
    public nobody | focal_xio alternate_xio focal_xro | mission_xa capital_xa mission_xb mission_xc
    | expert chair member_xb | secretariat secretariat_2 auditor administrator
"""
assert tuple(HEADING.replace("|", " ").split()) == CAST

Steps = dict[str, set[str]]


def cells(line: str) -> dict[str, str]:
    """By name of the cast. Bars between groups are for the eye."""
    return dict(zip(CAST, line.replace("|", " ").split(), strict=True))


def who(line: str) -> set[str]:
    """Those with a yes."""
    return {name for name, cell in cells(line).items() if cell == "yes"}


def hands(line: str) -> Steps:
    """The steps open to those who have any: `a+b` in the cell of whoever may take both."""
    some = {name: set(cell.split("+")) for name, cell in cells(line).items() if cell != "-"}
    return {name: steps for name, steps in some.items() if steps}
