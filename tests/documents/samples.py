"""Documents to render: one in English, one in Arabic, and any that hypothesis can think of."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from clearinghouse.documents.model import (
    Cell,
    Column,
    Definitions,
    Direction,
    Document,
    Labels,
    Letter,
    Masthead,
    Notes,
    Paragraph,
    Phrase,
    Picture,
    Section,
    Table,
)
from clearinghouse.documents.shapes import Bars, Heat, Shape, Timeline

LABELS = Labels(
    organ="Organ",
    title="Title",
    subtitle="Subtitle",
    symbol="Symbol",
    revision="Revision",
    distribution="Distribution",
    date="Date",
    original_language="Original",
    language="Language",
    as_of="As of",
    seen_by="Seen by",
    notices="Please note",
    disclaimers="Disclaimer",
    reminder="Human rights",
    hash="Content hash",
    reference="Reference",
    enclosures="Enclosures",
    contents="Contents",
    page="Page %(page)s of %(pages)s",
    cover="Cover",
    continued="Continued",
)
MASTHEAD = Masthead(
    organ="Counter-Terrorism Committee",
    title="Matrix of needs",
    subtitle="Issue 2007-03",
    symbol="S/AC.40/2007/MN.3 (draft)",
    distribution="Restricted",
    date="1 March 2007",
    original_language="English",
    language="en",
    direction="ltr",
    as_of="1 March 2007, 00:00 (New York)",
    seen_by="Experts and the secretariat",
    notices=("Illustrative", "Issued late"),
    disclaimers=("Not exhaustive.", "Ask the originator."),
    reminder="Measures must comply with human rights law.",
)
ARABIC = replace(MASTHEAD, language="ar", direction="rtl", title="مصفوفة الاحتياجات")
COLUMNS = (
    Column(key="state", label="State", row_header=True),
    Column(key="paragraph", label="Paragraph", kind="code", width=10),
    Column(key="need", label="Need", width=60),
    Column(key="confirmed", label="Confirmed", kind="date", width=12),
    Column(key="amount", label="Amount", kind="number", width=12),
)
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("Atlantis", "1 (a)", "Training", date(2007, 2, 14), 12),
    (
        "Lemuria",
        "2 (g)",
        Phrase(text="تدريب", language="ar", direction="rtl"),
        date(1899, 1, 1),
        Decimal("12.50"),
    ),
    ("Ruritania", None, ("first line", "second line"), None, 10**18),
)
NEEDS = Table(
    key="needs", caption="Needs by State", columns=COLUMNS, rows=ROWS, empty="No need is listed."
)
PROSE = Section(
    key="cover-note",
    title="Cover note",
    blocks=(
        Paragraph(text="What this is."),
        Notes(items=("First note.", "Second note.")),
        Definitions(pairs=(("Listed", "Published by the committee"), ("Rows", 3))),
    ),
)


LETTER = Letter(
    form="letter",
    addressee=("The Permanent Representative of Atlantis", "New York"),
    reference="CTC/2007/12",
    salutation="Excellency,",
    closing="Accept, Excellency, the assurances of my highest consideration.",
    signatory=("A. B.", "Chair of the Committee"),
    enclosures=("Matrix of needs",),
)
NOTE_VERBALE = Letter(form="note-verbale", addressee=("Permanent Mission of Atlantis",))


def letter(form: Letter = LETTER, masthead: Masthead = MASTHEAD) -> Document:
    text = Paragraph(text="I have the honour to refer to resolution 1373 (2001).")
    body = Section(key="text", title="", blocks=(text,))
    return Document(masthead=masthead, labels=LABELS, sections=(body,), letter=form)


def document(table: Table = NEEDS, masthead: Masthead = MASTHEAD) -> Document:
    matrix = Section(key="by-state", title="By State", blocks=(table,))
    return Document(masthead=masthead, labels=LABELS, sections=(PROSE, matrix))


def with_names(text: str) -> Heat:
    return Heat(
        head=text,
        unit=text,
        blank=text,
        rows=(text, text),
        columns=(text,),
        counts=((1,), (None,)),
    )


def with_text(text: str) -> Document:
    """The same text wherever a document can hold one."""
    head = replace(
        MASTHEAD,
        organ=text,
        title=text,
        subtitle=text,
        symbol=text,
        seen_by=text,
        as_of=text,
        notices=(text, text),
        disclaimers=(text,),
        reminder=text,
    )
    columns = (Column(key="a", label=text, row_header=True), Column(key="b", label=text))
    phrase = Phrase(text=text, language="fr", direction="ltr")
    table = Table(
        key="t",
        caption=text,
        columns=columns,
        rows=((text, phrase), ((text, text), None)),
        empty=text,
    )
    blocks = (
        Paragraph(text=text),
        Notes(items=(text, phrase)),
        Definitions(pairs=((text, text),)),
        table,
        replace(table, key="u", rows=()),
        replace(
            picture(with_names(text)), key="v", caption=text, description=text, in_figures=text
        ),
    )
    labels = replace(LABELS, cover=text, hash=text, contents=text, continued=text)
    section = Section(key="s", title=text, blocks=blocks)
    return Document(masthead=head, labels=labels, sections=(section,))


# Texts with whatever a hostile hand can type: half surrogates and control characters included.
TEXTS = st.text(st.characters(codec=None), max_size=60) | st.sampled_from(
    [
        "=1+1",
        "<script>alert(1)</script>",
        "<r><t>x</t></r>",
        "_x0041_",
        "\x00\x0b\x1f",
        "\r\n=cmd|' /C calc'!A0",
        "' onmouseover='x",
        '"><img src=x>',
        "&amp;&P&[Picture]",
        "]]>",
        "</style>",
        "a;=1",
        "\ud800",
        "\ufffe",
        "\u202eabc",
        "History",
        "'",
    ],
)
PHRASES = st.builds(
    Phrase,
    text=TEXTS,
    language=st.sampled_from(["fr", "ar"]),
    direction=st.sampled_from(["ltr", "rtl"]),
)
LINES = (
    TEXTS
    | PHRASES
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.dates()
)
CELLS = LINES | st.none() | st.lists(LINES, max_size=3).map(tuple)
DOCUMENTS = st.lists(st.tuples(*[CELLS] * len(COLUMNS)), max_size=4).map(
    lambda rows: document(replace(NEEDS, rows=tuple(rows)))
)


# Pictures: one of each shape, with names long, short, and from right to left.

NAMES = (
    "Border control",
    "Financing of terrorism, freezing of funds and everything that belongs to it",
    "مجموعة دول غرب آسيا",
    "警察合作",
    "Полицейское сотрудничество",
    "x",
)
HEAT = Heat(
    head="Region",
    unit="needs",
    blank="nothing recorded that you may see",
    rows=NAMES[:4],
    columns=NAMES,
    counts=((1, 2, None, 0, 5, 12), (None,) * 6, (3, 9, 12, 22, 1, 1), (1, 1, 1, 1, 1, 1)),
)
BARS = Bars(
    head="Subject", unit="needs", bars=tuple(zip(NAMES, (12, 3, 0, 1234, 1, 7), strict=True))
)
TIMELINE = Timeline(
    head="Commitment",
    unit="Due",
    days=tuple((name, date(2026 + n // 3, 1 + 2 * n, 25 - n)) for n, name in enumerate(NAMES)),
    today=date(2026, 11, 25),
    today_word="today",
)
SHAPES: dict[str, Shape] = {"heat": HEAT, "bars": BARS, "timeline": TIMELINE}


def picture(shape: Shape = HEAT, direction: Direction = "ltr", key: str = "sample") -> Picture:
    return Picture(
        key=key,
        caption="Needs by region and subject",
        description="How many needs are recorded in each.",
        shape=shape,
        in_figures="The same in figures",
        language="ar" if direction == "rtl" else "en",
        direction=direction,
    )
