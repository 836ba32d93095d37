"""A picture as PNG, for files that hold no drawing of lines."""

import struct

import typst

from clearinghouse.documents.glyphs import drawable
from clearinghouse.documents.model import Picture
from clearinghouse.documents.pdf import fonts
from clearinghouse.documents.pictures import svg

PER_INCH = 160  # dots, of paper
SOURCE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg")
"""


def png(picture: Picture) -> bytes:
    """Drawn as for print; the same picture gives the same bytes."""
    compiler = typst.Compiler(
        SOURCE,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"svg": drawable(svg(picture, "print"))},
    )
    made = compiler.compile(format="png", ppi=PER_INCH)
    if not isinstance(made, bytes):
        raise TypeError("typst gave no PNG")
    return made


def size_of(image: bytes) -> tuple[int, int]:
    """Width and height in dots, as the head of a PNG gives them."""
    width, height = struct.unpack(">II", image[16:24])
    return width, height
