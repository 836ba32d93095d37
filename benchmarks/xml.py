"""What reading a large XML file costs at the least: a bare lxml loop, to hold imports beside.

Run it as `python -m benchmarks.xml`; it writes its own file, and removes it.
"""

import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

ACTIVITIES = 50_000
ONE = (
    "<activity><id>XA-{n}</id><title>Illustrative activity {n}</title>"
    '<sector code="15130" percentage="60"/><sector code="15210" percentage="40"/>'
    '<transaction><value currency="USD" date="2025-01-01">{n}</value></transaction></activity>'
)


def main() -> None:
    """Write the file, read it element by element, print what that cost."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "activities.xml"
        write(file)
        began = time.process_time()
        seen, total = read(file)
        took = time.process_time() - began
        size = file.stat().st_size / 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"\n{seen} activities, {size:.0f} MB: {took:.2f} s, peak memory {peak} MB (sum {total})")


def write(file: Path) -> None:
    with file.open("w", encoding="utf-8") as lines:
        lines.write("<activities>")
        lines.writelines(ONE.format(n=n) for n in range(ACTIVITIES))
        lines.write("</activities>")


def read(file: Path) -> tuple[int, int]:
    """As an import has to: no entities, no network, and what was read is let go."""
    seen = total = 0
    walk = etree.iterparse(
        str(file), tag="activity", resolve_entities=False, no_network=True, load_dtd=False
    )
    for _, activity in walk:
        total += int(activity.findtext("transaction/value") or 0)
        seen += 1
        activity.clear()
        while activity.getprevious() is not None:
            del activity.getparent()[0]
    return seen, total


if __name__ == "__main__":
    main()
