"""The folder beside the data in which the parts of an archive lie while it is made or opened."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

PREFIX = ".staging-"
DAY = 24 * 60 * 60  # seconds: what an interrupted backup left is older than any that runs


@contextmanager
def staging(data: Path, now: datetime) -> Iterator[Path]:
    """Readable by its owner alone, as the data is; removed whatever happens."""
    for left in data.glob(f"{PREFIX}*"):
        if now.timestamp() - left.stat().st_mtime > DAY:
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=data))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
