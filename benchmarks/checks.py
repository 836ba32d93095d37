"""What holding 100,000 rows of 15 columns against their format costs, as CSV and as XLSX.

Run it as `python -m benchmarks.checks`; it makes its own files, and removes them.
"""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

from xlsxwriter import Workbook

from benchmarks import lists

ROWS, COLUMNS = 100_000, 15
AIM, MEMORY = 10.0, 512.0  # seconds of processor time; megabytes
KIND = "assistance_activity"
Row = dict[str, str]


def main() -> int:
    """Write both files, have the command check each, print what that cost."""
    missed = 0
    with lists.prepared_folder() as folder:
        lists.fill(1)
        print(f"\n{ROWS} rows of {COLUMNS} columns{'':14}{'MB':>8}{'CPU s':>8}{'peak MB':>9}")
        for name, content in (("rows.csv", as_csv()), ("rows.xlsx", as_xlsx())):
            file = folder / name
            file.write_bytes(content)
            seconds, peak = cost(file)
            print(f"{name:38}{len(content) / 2**20:8.1f}{seconds:8.2f}{peak:9.0f}")
            missed += seconds > AIM or peak > MEMORY
    print(f"aim: {AIM} s and {MEMORY:.0f} MB: {'MISSED' if missed else 'met'}")
    return int(bool(missed))


def cost(file: Path) -> tuple[float, float]:
    """Seconds of the processor and megabytes at the most, of the command and its reader."""
    command = [sys.executable, "-m", "clearinghouse.cli", "check", KIND, str(file)]
    path = os.pathsep.join([str(lists.SOURCES / "src"), str(lists.SOURCES)])
    asked = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": path})
    _, status, used = os.wait4(asked.pid, 0)
    if status:
        raise RuntimeError("the file was not sound, for the reason printed above")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def row(n: int) -> Row:
    """An illustrative activity: some cells are its own, others recur."""
    return {
        "reference": f"XFO-{n}",
        "title[en]": f"Illustrative training course, number {n}",
        "unit": "Training Branch",
        "summary[en]": f"Five days for supervisors and investigators together, course {n}.",
        "programme": "Travelling trainers",
        "form_of_help": "training",
        "areas": "customs; police",
        "obligations": "1(a); 2(e)",
        "states": "AF; AL",
        "standing": "planned",
        "begins": "2026-05",
        "ends": "2026-06",
        "cost": f"{n} dollars",
        "url": f"https://www.example.org/courses/{n}",
        "contact": "office@example.org",
    }


def as_csv() -> bytes:
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, list(row(0)))
    table.writeheader()
    table.writerows(row(n) for n in range(ROWS))
    return out.getvalue().encode()


def as_xlsx() -> bytes:
    """As a spreadsheet program stores it: every text once, in a part of its own."""
    out = io.BytesIO()
    book = Workbook(out, {"strings_to_urls": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, list(row(0)))
    for n in range(ROWS):
        sheet.write_row(n + 1, 0, row(n).values())
    book.close()
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
