"""The same document gives the same bytes, whenever and wherever it is rendered."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as Word
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from clearinghouse.documents import delimited, docx, html, pdf, structured, xlsx
from clearinghouse.documents.model import Document
from tests.documents.samples import ARABIC, NEEDS, ROWS, document

ROOT = Path(__file__).parents[2]
RENDERERS: dict[str, Callable[[Document], bytes]] = {
    "html": lambda one: html.page(one, html.stylesheet()),
    "xlsx": xlsx.render,
    "csv": lambda one: delimited.render(one, "needs"),
    "json": structured.render,
    "pdf": pdf.render,
    "docx": docx.render,
}
ELSEWHERE = "from tests.documents.test_same_bytes import fingerprint; print(fingerprint())"


def fingerprint() -> str:
    sealed = structured.seal(document(masthead=ARABIC))
    whole = b"".join(render(sealed) for render in RENDERERS.values())
    return hashlib.sha256(whole).hexdigest()


def test_two_renditions_some_seconds_apart_are_the_same() -> None:
    first = {name: render(document()) for name, render in RENDERERS.items()}
    time.sleep(2.1)  # zip files count in steps of two seconds
    for name, render in RENDERERS.items():
        assert render(document()) == first[name], name


@pytest.mark.parametrize(
    ("zone", "seed", "mask"), [("Asia/Tokyo", "1", 0o077), ("America/New_York", "2", 0)]
)
def test_another_process_in_another_zone_writes_the_same(zone: str, seed: str, mask: int) -> None:
    surroundings = {
        **os.environ,
        "TZ": zone,
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        cwd=ROOT,
        env=surroundings,
        umask=mask,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == fingerprint()


@pytest.mark.parametrize("name", RENDERERS)
def test_the_hash_is_printed_in_every_format(name: str) -> None:
    sealed = structured.seal(document())
    data = RENDERERS[name](sealed)
    if name in READ:
        data = READ[name](data).encode()
    assert sealed.masthead.hash.encode() in data


def cover(data: bytes) -> str:
    return str(CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python())


READ: dict[str, Callable[[bytes], str]] = {
    "xlsx": cover,
    "pdf": lambda data: PdfReader(BytesIO(data)).pages[0].extract_text(),
    "docx": lambda data: "".join(p.text for p in Word(BytesIO(data)).paragraphs),
}


def test_the_price_of_a_long_table_is_known(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Print how long 5,000 rows take beside XlsxWriter alone writing the same cells."""
    long = document(replace(NEEDS, rows=tuple(ROWS[n % 3] for n in range(5_000))))
    ours = seconds(lambda: xlsx.render(long))
    bare = seconds(lambda: written_bare(long, str(tmp_path / "bare.xlsx")))
    others = {"html": html.fragment, "json": structured.render, "csv": RENDERERS["csv"]}
    rest = ", ".join(f"{n} {seconds(partial(f, long)):.2f} s" for n, f in others.items())
    with capsys.disabled():
        told = f"5,000 rows: xlsx {ours:.2f} s, {ours / bare:.2f} times bare XlsxWriter; {rest}"
        sys.stdout.write(f"\n{told}\n")
    assert len(structured.read(structured.render(long)).table("needs").rows) == 5_000


def seconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def written_bare(long: Document, path: str) -> None:
    workbook = Workbook(path, {"constant_memory": True})
    sheet = workbook.add_worksheet()
    for number, row in enumerate(long.table("needs").rows):
        for place, cell in enumerate(row):
            text = (
                "\n".join(map(str, cell))
                if isinstance(cell, tuple)
                else getattr(cell, "text", cell)
            )
            sheet.write(number, place, str(text) if place != 4 else text)
    workbook.close()
