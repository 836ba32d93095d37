"""What a file is, by its content; what is refused, and that the refusal names the place."""

import io
import zipfile

import pytest

from clearinghouse.files.formats import names, persons
from clearinghouse.files.formats.recognise import recognise
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import ALLOWED, BY_ENDING, LONGEST_NAME, RUNNABLE, Type
from tests.files import samples
from tests.files.samples import GOOD

X, D = GOOD[Type.XLSX], GOOD[Type.DOCX]
HTML = b"<!DOCTYPE html><script>alert(1)</script>"


def packed_with(*members: tuple[str, bytes]) -> bytes:
    return samples.with_parts(X, dict(members))


def a_link() -> bytes:
    out = io.BytesIO(X)
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("xl/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


# fmt: off
REFUSED: dict[str, tuple[str, bytes, str]] = {
    "nothing at all":             ("a.pdf",  b"", "empty"),
    "a page called a PDF":        ("a.pdf",  HTML, "not of that type"),
    "a page called a text":       ("a.txt",  HTML, "page or a program"),
    "a script called a CSV":      ("a.csv",  b"#!/bin/sh\nrm -rf /", "page or a program"),
    "a program called a picture": ("a.png",  b"MZ\x90\0" + b"\0" * 80, "not of that type"),
    "a sheet called a document":  ("a.docx", X, "not of that type"),
    "a document called a sheet":  ("a.xlsx", D, "not of that type"),
    "a plain archive":            ("a.xlsx", packed_with(("xl/workbook.xml", b"")).replace(b"xl/workbook.xml", b"xl/warkbook.xml"), "damaged"),
    "an ending of nobody":        ("a.exe",  b"MZ", "no ending that is taken"),
    "no ending":                  ("readme", b"text", "no ending that is taken"),
    "a second ending":            ("pay.exe.pdf", GOOD[Type.PDF], r"\.exe, inside"),
    "another second ending":      ("a.docx.pdf", GOOD[Type.PDF], r"\.docx, inside"),
    "a PDF that is a zip too":    ("a.pdf",  GOOD[Type.PDF] + X, "two things at once"),
    "a picture that is a zip too": ("a.png", GOOD[Type.PNG] + X, "two things at once"),
    "a picture with a tail":      ("a.png",  GOOD[Type.PNG] + b"tail", "behind the end"),
    "a picture with a page":      ("a.jpeg", samples.jpeg(b"\xff\xfe\x00\x0a<script>"), "page or a program"),
    "half a picture":             ("a.png",  GOOD[Type.PNG][:-20], "ends in the middle"),
    "a JPEG with a tail":         ("a.jpg",  GOOD[Type.JPEG] + b"<?php", "behind the end"),
    "a zip with something before": ("a.xlsx", b"MZ" + X, "not of that type"),
    "a zip with something after": ("a.xlsx", X + b"tail", "damaged|before or after"),
    "a virus":                    ("a.txt",  b"hello " + samples.VIRUS, "a.txt holds the signature of a virus"),
    "a virus within":             ("a.xlsx", packed_with(("xl/media/a.txt", samples.VIRUS)), "xl/media/a.txt holds the signature"),
    "an archive within":          ("a.docx", samples.with_parts(D, {"word/embeddings/b.bin": X}), "word/embeddings/b.bin is a file packed within"),
    "macros":                     ("a.xlsx", packed_with(("xl/vbaProject.bin", b"x")), "macros"),
    "a way out":                  ("a.xlsx", packed_with(("../../etc/passwd", b"x")), "leads elsewhere"),
    "a way to the root":          ("a.xlsx", packed_with(("/etc/passwd", b"x")), "leads elsewhere"),
    "a link within":              ("a.xlsx", a_link(), "xl/link is a link"),
    "a bomb":                     ("a.xlsx", packed_with(("xl/big.xml", b" " * 40_000_000)), r"xl/big.xml unpacks to more than \d+ MiB"),
    "a lying bomb":               ("a.xlsx", samples.lying_bomb(), "damaged|unpacks"),
    "entities in a sheet":        ("a.xlsx", samples.billion_laughs(), "sheet1.xml defines a document type"),
    "entities in UTF-16":         ("a.xlsx", packed_with(("xl/b.xml", "<!DOCTYPE a>".encode("utf-16"))), "xl/b.xml defines a document type"),
    "entities in markup":         ("a.xml",  samples.LAUGHS + b"<l>&b;</l>", "defines a document type"),
    "an entity outside":          ("a.xml",  samples.OUTSIDE + b"<r>&x;</r>", "defines a document type"),
    "markup in hiding":           ("a.xml",  b'<?xml version="1.0" encoding="UTF-7"?><a/>', "encoding utf-7"),
    "a drawing with scripts":     ("a.xml",  b'<svg xmlns="http://www.w3.org/2000/svg"/>', "page or a program"),
    "Latin-1":                    ("a.csv",  b"area\n\xe9t\xe9\n", "Line 2 is not text in UTF-8"),
    "UTF-16":                     ("a.txt",  "text".encode("utf-16"), "Line 1 is not text"),
    "NUL in a text":              ("a.csv",  b"a\nb\nc\0d\n", r"Line 3 holds a control character \(U\+0000"),
    "a PDF with a program":       ("a.pdf",  GOOD[Type.PDF].replace(b"/Type/Catalog", b"/Type/Catalog/JavaScript 9 0 R"), "/JavaScript"),
    "no mail":                    ("a.eml",  b"hello\nthere", "headers of a mail"),
    "JSON that is none":          ("a.json", b"hello", "not of that type"),
    "too large":                  ("a.txt",  b"a" * (ALLOWED[Type.TXT].largest + 1), "may have 5"),
}
# fmt: on


@pytest.mark.parametrize("kind", Type)
def test_every_type_is_recognised_by_its_content(kind: Type) -> None:
    for ending in ALLOWED[kind].endings:
        assert recognise(f"a.{ending}", GOOD[kind]) == kind
    for other in set(Type) - {kind}:
        if not {kind, other} <= {Type.CSV, Type.TXT, Type.JSON, Type.XML, Type.EML, Type.ICS}:
            with pytest.raises(Unfit):
                recognise(f"a.{ALLOWED[other].endings[0]}", GOOD[kind])


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_taken_is_refused_naming_the_place(what: str) -> None:
    name, content, said = REFUSED[what]
    with pytest.raises(Unfit, match=said):
        recognise(name, content)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\jane\\note.docx", "note.docx"),
        ("re\u0301sume\u0301.pdf", "résumé.pdf"),
        ("a\r\nBcc: b@c.pdf", "a Bcc b@c.pdf"),
        ("  .hidden.txt ", "hidden.txt"),
        ('no<te>".txt', "no te.txt"),
        ("", "file"),
    ],
)
def test_a_name_is_kept_without_path_and_odd_signs(given: str, kept: str) -> None:
    assert names.cleaned(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    kept = names.cleaned("ع" * 300 + ".pdf")
    assert kept.endswith("ع.pdf")
    assert len(kept.encode()) <= LONGEST_NAME


@pytest.mark.parametrize("sign", ["\0", "\u202e", "\u2066", "\u200f"])
def test_a_name_that_hides_what_it_is_is_refused(sign: str) -> None:
    with pytest.raises(Unfit, match=f"{ord(sign):04X}"):
        names.cleaned(f"invoice{sign}fdp.exe")


def test_what_runs_is_never_taken() -> None:
    assert not RUNNABLE & set(BY_ENDING)


def test_what_a_file_tells_of_persons_is_found_and_taken_out() -> None:
    tells = {
        Type.JPEG: samples.jpeg(samples.exif()),
        Type.PNG: samples.png(samples.chunk(b"tEXt", b"Author\0Jane Example")),
        Type.DOCX: samples.docx(author="Jane Example"),
        Type.XLSX: samples.xlsx(author="Jane Example"),
    }
    for kind, content in tells.items():
        assert persons.told(kind, content)
        silent = persons.without(kind, content)
        assert persons.told(kind, silent) == []
        assert b"Jane" not in silent
        assert b"GPS" not in silent
        assert recognise(f"a.{ALLOWED[kind].endings[0]}", silent) == kind
    assert persons.told(Type.PDF, GOOD[Type.PDF]) == [[persons.AUTHOR, "Jane Example"]]


def test_tracked_changes_lose_their_authors() -> None:
    spoken = b'<w:document xmlns:w="w"><w:ins w:id="1" w:author="Jane Example" w:date="x"/></w:document>'
    content = samples.with_parts(GOOD[Type.DOCX], {"word/document.xml": spoken})
    assert [persons.TRACKED, "Jane Example"] in persons.told(Type.DOCX, content)
    assert b"Jane" not in zipfile.ZipFile(io.BytesIO(persons.without(Type.DOCX, content))).read(
        "word/document.xml"
    )


def test_a_copy_without_persons_has_the_same_bytes_each_time() -> None:
    content = samples.docx(author="Jane Example")
    assert persons.without(Type.DOCX, content) == persons.without(Type.DOCX, content)
