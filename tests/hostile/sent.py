"""A form filled in as a good reader would, with one thing in it that is not good."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.hostile.readers import Found
from tests.hostile.shown import Input
from tests.hostile.values import CHOSEN, GOOD, SENTENCE, TYPED
from tests.two_worlds.addresses import Ask

Pairs = list[tuple[str, str]]
TOKEN = "csrfmiddlewaretoken"
BOUND = "a-line-between-parts"
PNG = b"\x89PNG\r\n\x1a\n"
SCAN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>"
    b"endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@dataclass(frozen=True)
class File:
    name: str = "paper.pdf"
    content: bytes = SCAN
    kind: str = "application/pdf"


@dataclass(frozen=True)
class Sent:
    """What is sent of a form. `place` is the input that is not good, `how` what is wrong with it."""

    found: Found
    typed: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, File], ...] = ()
    place: str = ""
    how: str = ""

    def __str__(self) -> str:
        return f"{self.found}: {self.place} {self.how}"

    def ask(self) -> Ask:
        found, typed = self.found, self.typed
        if found.form.method == "get":
            query = urlencode(typed, errors="surrogatepass")
            return Ask(found.route, "GET", f"{found.address.partition('?')[0]}?{query}")
        if found.form.enctype != "multipart/form-data" and not self.files:
            return Ask(found.route, "POST", found.address, typed)
        body = multipart(typed, self.files)
        kind = f"multipart/form-data; boundary={BOUND}"
        return Ask(found.route, "POST", found.address, body=body, kind=kind)


def multipart(typed: Iterable[tuple[str, str]], files: Iterable[tuple[str, File]]) -> bytes:
    parts = []
    for name, value in typed:
        head = f'Content-Disposition: form-data; name="{name}"'
        parts.append(head.encode() + b"\r\n\r\n" + value.encode("utf-8", "surrogatepass"))
    for name, file in files:
        head = f'Content-Disposition: form-data; name="{name}"; filename="{file.name}"'
        parts.append(f"{head}\r\nContent-Type: {file.kind}\r\n\r\n".encode() + file.content)
    line = f"--{BOUND}\r\n".encode()
    return line + (b"\r\n" + line).join(parts) + f"\r\n--{BOUND}--\r\n".encode()


def filled(found: Found) -> Sent:
    """As a good reader fills it in."""
    typed: Pairs = []
    files = []
    for each in found.form.inputs.values():
        if each.name == TOKEN:
            continue  # the crawler sends its own
        if each.kind == "file":
            files.append((each.name, File()))
        elif found.form.method == "get":
            typed += [(each.name, value) for value in each.values]  # a list asks for nothing
        else:
            typed += [(each.name, value) for value in _good(each)]
    button = [found.button] if found.button[0] else []
    return Sent(found, (*typed, *button), tuple(files), how="good")


def _good(each: Input) -> list[str]:
    if any(each.values) or each.kind == "hidden":
        return each.values
    if each.name == "providers":
        return []  # they are named for one of the levels of consent, and not for the first
    if not each.is_typed:
        return [value for value in each.choices if value][: 1 if each.choices else 0]
    last = each.name.rpartition("-")[2]
    if each.name.startswith("obligations-at-"):
        return [""]
    return [GOOD.get(last, SENTENCE)]


def bad(found: Found, turn: int = 0, of: int = 1) -> Iterator[Sent]:
    """Each input in turn with what it should not hold; left out; sent twice; a file for words.

    With `of` more than one only a share of the values, another for each turn and each input; and
    inputs of one family (a text in six languages, six questions) share these among themselves.
    """
    good = filled(found)
    inputs = [i for i in found.form.inputs.values() if i.name != TOKEN]
    size = Counter(map(_family, inputs))
    met: Counter[str] = Counter()
    for place, each in enumerate(inputs):
        own, alike = met[_family(each)], size[_family(each)] if of > 1 else 1
        met[_family(each)] += 1
        rest = tuple((n, v) for n, v in good.typed if n != each.name)
        files = tuple((n, f) for n, f in good.files if n != each.name)
        for number, (how, sent) in enumerate(_spoilt(each)):
            if (number + place + turn) % of == 0 and number // of % alike == own % alike:
                pairs = tuple((each.name, one) for one in sent if isinstance(one, str))
                held = tuple((each.name, one) for one in sent if isinstance(one, File))
                yield Sent(found, (*rest, *pairs), (*files, *held), each.name, how)
    stranger = (("stranger\0", "x\0"), ("is_admin", "1"), ("state", "listed"))
    yield Sent(found, (*good.typed, *stranger), good.files, "", "stranger")
    yield Sent(found, (), (), "", "nothing")


def _family(each: Input) -> str:
    return each.name.rpartition("-")[0] or each.name


def _spoilt(each: Input) -> Iterator[tuple[str, Sequence[str | File]]]:
    """What is wrong with it, and what is sent instead of it."""
    if each.kind == "file":
        yield from ((how, [file]) for how, file in FILES.items())
        yield "words for a file", [SENTENCE]
        return
    yield from ((how, [v]) for how, v in (TYPED if each.is_typed else CHOSEN).items())
    yield "missing", []
    yield "twice", [*_good(each), SENTENCE, "again"]
    yield "a file for words", [File()]


FILES = {
    "empty file": File(content=b""),
    "text": File(content=b"words"),
    "text called so": File("paper.txt", b"words \0 and more", "text/plain"),
    "image called a paper": File(content=PNG),
    "program": File("program.exe", b"MZ\x90\0" + b"\0" * 64, "application/x-msdownload"),
    "long name": File(f"{'n' * 300}.pdf"),
    "path": File("../../../etc/passwd.pdf"),
    "no name": File("..", SCAN),
    "odd name": File("a\u202efdp.exe\x01;\u200b.pdf"),
    "nul name": File("a\0b.pdf"),
    "no archive": File("paper.docx", b"PK\x03\x04 not an archive", "application/zip"),
    "broken table": File("table.xlsx", b"PK\x05\x06" + b"\0" * 18, "application/zip"),
    "wrong letters": File("table.csv", b"\xff\xfe\x00\xd8a,b\n\xe9", "text/csv"),
}
