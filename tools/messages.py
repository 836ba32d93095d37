"""Collect the strings marked for translation, update the catalogues, make the pseudo one.

`python tools/messages.py` writes locale/django.pot, every locale/<lang>/LC_MESSAGES/django.po with
its .mo, and the pseudo-Arabic translation (`ar-xb`). `--add fr` begins a language. `--check`
writes nothing, and exits 1 with the names of the files that are behind the source. The files bear
no date and no line number, so that they change only when words do.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src"
PACKAGE = SOURCE / "clearinghouse"
LOCALE = PACKAGE / "web" / "locale"
PSEUDO = "ar_XB"

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

# The frameworks' own messages that our pages show (faults of fields, signing in): they have their
# own translations in real languages, and none in one that is made here.
FRAMEWORKS = {
    "django/conf": ("forms/", "core/validators.py"),
    "django/contrib/auth": ("contrib/auth/forms.py", "contrib/auth/password_validation.py"),
    "allauth": ("account/adapter.py", "account/fields.py", "account/forms.py"),
}

HEADERS = ("MIME-Version:", "Content-", "Language:", "Plural-Forms:")
COMMENT = "# The words of Clearinghouse. Written by tools/messages.py."

# What a translation must leave as it is: placeholders, tags, entities, addresses.
KEPT = re.compile(r"(%\([^)]*\)[a-zA-Z]|%[sdif%]|\{[^{}]*\}|<[^<>]*>|&#?\w+;|https?://\S+)")
LETTERS = str.maketrans(
    {
        **dict(zip("bcdfghijklmnpqrstuvwyz", "بكدفجهيجكلمنبقرستوفوىز", strict=True)),
        # The three commonest vowels are written with two letters: that makes texts a third longer.
        **dict(zip("aeox", ("اع", "ين", "وا", "كس"), strict=True)),
        **dict(zip(",;?", "،؛؟", strict=True)),
    }
)


class Undated(Catalog):
    """A catalogue whose header says only what a reader of it needs: no date, no name, no tool."""

    def __iter__(self) -> Iterator[Message]:
        header, *messages = super().__iter__()
        lines = [line for line in str(header.string).split("\n") if line.startswith(HEADERS)]
        yield Message("", "\n".join(lines))
        yield from messages


def _marked(path: Path) -> Iterable[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    """Extract what one file marks; a template is first turned into the Python it amounts to."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # What stands between two marks is filler to the tokenizer, so its indentation must go.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).split("\n"))
    file = io.BytesIO(text.encode())
    tags = ("Translators:",)
    return extract("python", file, keywords=KEYWORDS, comment_tags=tags, strip_comment_tags=True)


def template() -> Catalog:
    """Collect the whole package into one catalogue without translations."""
    catalog = Undated(header_comment=COMMENT, fuzzy=False)
    files = [path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".html"}]
    for path in sorted(files):
        place = path.relative_to(SOURCE).as_posix()
        for line, message, comments, context in _marked(path):
            catalog.add(
                message, locations=[(place, line)], auto_comments=comments, context=context
            )
    return catalog


def pseudo(text: str) -> str:
    """Write a text in Arabic letters, a third longer; placeholders, tags and figures stay."""
    parts = KEPT.split(text)
    parts[::2] = [part.lower().translate(LETTERS) for part in parts[::2]]
    return "".join(parts)


def _pseudo_forms(message: Message, plurals: int) -> str | tuple[str, ...]:
    if isinstance(message.id, str):
        return pseudo(message.id)
    one, many = (pseudo(text) for text in message.id)
    # Arabic's second form is the one for a single thing.
    return tuple(one if form == 1 else many for form in range(plurals))


def _frameworks() -> Iterator[Message]:
    """Give the messages of the frameworks that pages of ours show."""
    for folder, places in FRAMEWORKS.items():
        package, _, inner = folder.partition("/")
        spec = find_spec(package)
        root = Path(str(spec.origin)).parent if spec else Path()
        with (root / inner / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
            for message in read_po(file):
                if any(place.startswith(places) for place, _line in message.locations):
                    yield message


def pseudo_catalog(source: Catalog) -> Catalog:
    """Translate all messages of ours, and what is shown of the frameworks', to pseudo-Arabic."""
    catalog = Undated(locale="ar", header_comment=COMMENT, fuzzy=False)
    ours = [message for message in source if message.id]
    for message in (*ours, *_frameworks()):
        catalog.add(
            message.id,
            _pseudo_forms(message, catalog.num_plurals),
            locations=message.locations if message in ours else (),
            context=message.context,
        )
    return catalog


def updated(source: Catalog, folder: Path) -> Catalog:
    """Carry a language's translations over to the present words; what is gone is kept aside."""
    path = folder / "LC_MESSAGES" / "django.po"
    catalog = Undated(locale=folder.name, header_comment=COMMENT, fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            for message in read_po(file, locale=folder.name):
                if message.id:
                    catalog[message.id] = message
    catalog.update(source, no_fuzzy_matching=True, update_header_comment=False)
    return catalog


def _po(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalog, width=99, sort_output=True, include_lineno=False)
    return out.getvalue()


def _mo(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def files() -> dict[Path, bytes]:
    """Say what every file of the catalogues ought to hold."""
    source = template()
    folders = [path for path in LOCALE.glob("*") if path.is_dir() and path.name != PSEUDO]
    catalogs = {path: updated(source, path) for path in sorted(folders)}
    catalogs[LOCALE / PSEUDO] = pseudo_catalog(source)
    wanted = {LOCALE / "django.pot": _po(source)}
    for folder, catalog in catalogs.items():
        wanted[folder / "LC_MESSAGES" / "django.po"] = _po(catalog)
        wanted[folder / "LC_MESSAGES" / "django.mo"] = _mo(catalog)
    return wanted


def behind(wanted: dict[Path, bytes]) -> list[Path]:
    """Name the files that do not hold what they ought to."""
    return [
        path for path, data in wanted.items() if not path.exists() or path.read_bytes() != data
    ]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if behind")
    parser.add_argument("--add", metavar="LANG", help="begin a language: fr, es, ru, zh_Hans, ar")
    options = parser.parse_args(arguments)
    if not settings.configured:
        settings.configure()
    if options.add and not options.check:
        (LOCALE / options.add / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    wanted = files()
    stale = behind(wanted)
    for path in stale:
        print(f"{'behind' if options.check else 'written'}: {path.relative_to(SOURCE)}")
        if not options.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted[path])
    if options.check and stale:
        print("Run python tools/messages.py and commit what it writes.", file=sys.stderr)
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
