"""How a stored file is handed out: to be saved, never to be shown or run as part of the site."""

from urllib.parse import quote

from django.http import HttpResponse

from clearinghouse.files.rules import ALLOWED, Type
from clearinghouse.kernel.marking import N_

SANDBOX = "sandbox; default-src 'none'"
# What a rendition is called in a list of files, by the ending of its name.
CALLED = {
    "pdf": N_("Document to read and to print"),
    "docx": N_("Document to quote from"),
    "xlsx": N_("Spreadsheet"),
    "csv": N_("Plain table"),
    "json": N_("Data for programs"),
    "html": N_("Single page"),
}


def download(content: bytes, *, name: str, kind: Type, is_public: bool = False) -> HttpResponse:
    """An attachment of its own type; kept by no cache unless everybody may have it.

    The caller has asked the owner's room for it: nothing is judged here.
    """
    response = HttpResponse(content, content_type=ALLOWED[kind].media)
    response["Content-Disposition"] = disposition(name)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    if not is_public:
        response["Cache-Control"] = "no-store"
    return response


def disposition(name: str) -> str:
    """With the name in full (RFC 5987), and one in plain letters for whoever cannot read that."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
