"""What bringing in a donor's file costs, beside the bare reading of the same file by lxml.

Run it as `python -m benchmarks.iati EXAMPLE [megabytes]`, where EXAMPLE is an activity file, such
as the annotated example of the standard; it makes its own database and files, and removes them.
"""

import sys
import time
from pathlib import Path

from lxml import etree

from benchmarks import batches, lists

AIM, MEMORY = 0.2, 300.0  # of the speed of a bare loop; megabytes at the most
MEGABYTES = 100
CODES = (b"15130", b"15132", b"15136", b"15210", b"24010")  # purposes of the cross-walk
STEPS = ("publish", "apply published", "publish the same", "publish newer")
LATER = (b'last-updated-datetime="2014', b'last-updated-datetime="2024')  # every activity


def main() -> int:
    """Write the file, read it bare, bring it in; list it; bring in the same and a newer one."""
    if len(sys.argv) == 1:
        print("Name an activity file to make the large one from.")
        return 0
    example = Path(sys.argv[1]).read_bytes()
    size = int(sys.argv[2]) if len(sys.argv) > 2 else MEGABYTES  # noqa: PLR2004  # as written above
    missed, spent = 0, 0.0
    with lists.prepared_folder() as folder:
        lists.fill(1)
        file = folder / "activities.xml"
        count = write(file, example, size)
        write(folder / "same.xml", example, size)
        write(folder / "newer.xml", example.replace(*LATER), size)
        loop = bare(file)
        head = f"{'CPU s':>8}{'s':>8}{'peak MB':>9}{'speed':>8}{'wait s':>8}"
        print(f"\n{size} MB, {count} activities{'':14}{head}")
        print(f"{'a bare loop of lxml':36}{loop:8.2f}")
        for step in STEPS:
            seconds, wall, peak, waited = batches.cost(step, count)
            spent = seconds + (spent if step.startswith("apply") else 0)
            speed = loop / spent  # of applying: of reading and applying together
            print(
                f"{step:36}{seconds:8.2f}{wall:8.2f}{peak:9.0f}{speed:7.2f}x{waited:8.2f}",
                flush=True,
            )
            missed += speed < AIM or peak > MEMORY
    print(f"aim: {AIM}x and {MEMORY:.0f} MB: {'MISSED' if missed else 'met'}")
    return int(bool(missed))


def write(file: Path, example: bytes, size: int) -> int:
    """Copies of the one activity, each with its own identifier, title and a purpose that bears."""
    begins, ends = example.index(b"<iati-activity "), example.index(b"</iati-activity>")
    head, one = example[:begins], example[begins:ends] + b"</iati-activity>\n"
    count = size * 1_000_000 // len(one)
    with file.open("wb") as out:
        out.write(head)
        for n in range(count):
            out.write(variant(one, n))
        out.write(b"</iati-activities>\n")
    return count


def variant(one: bytes, n: int) -> bytes:
    return (
        one.replace(b"</iati-identifier>", b"-%d</iati-identifier>" % n, 1)
        .replace(b"Activity title<", b"Activity title %d<" % n, 1)
        .replace(b'vocabulary="2" code="111"', b'vocabulary="1" code="%s"' % CODES[n % 5], 1)
    )


def bare(file: Path) -> float:
    """The same file and nothing done with it: every element met and let go."""
    began = time.process_time()
    for _event, element in etree.iterparse(file):
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
