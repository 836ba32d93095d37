"""A picture of a document as SVG: for a page, for paper, or for a dark screen."""

from clearinghouse.documents.model import Picture
from clearinghouse.documents.pictures import bars, heat, timeline
from clearinghouse.documents.pictures.canvas import Canvas
from clearinghouse.documents.pictures.palette import FORMS, Form
from clearinghouse.documents.shapes import Bars, Heat, Timeline

__all__ = ["Form", "svg"]


def svg(picture: Picture, form: Form = "screen") -> str:
    """One <svg> element with its title and description, complete in itself.

    The same picture gives the same characters. "screen" carries class names beside its colours,
    so that a style sheet may give others; "print" and "dark" carry colours alone. It needs no
    style attribute, no script and nothing from outside. Raises KeyError for another form.
    """
    canvas = Canvas(FORMS[form], is_mirrored=picture.direction == "rtl")
    match picture.shape:
        case Heat():
            width, height = heat.draw(canvas, picture.shape)
        case Bars():
            width, height = bars.draw(canvas, picture.shape)
        case Timeline():
            width, height = timeline.draw(canvas, picture.shape)
    return canvas.finished(picture, width, height)
