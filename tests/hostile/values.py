"""What no good reader would type: by kind of fault, and what a good one would."""

LONG = "x" * 200_000
NUL = "before\0after"
SURROGATE = "before\ud800after"
MARKUP = "\"'><script>alert(1)</script>"
ABSENT = "00000000-0000-4000-8000-000000000000"

# What may be typed anywhere.
TYPED: dict[str, str] = {
    "nul": NUL,
    "control": "before\x01\x1b\x7f\x85after",
    "surrogate": SURROGATE,
    "turned": "before\u202eafter\u2066",
    "not a sign": "before\ufffe\U000e0001after",
    "long": LONG,
    "formula": '=HYPERLINK("https://example.org","x")',
    "markup": MARKUP,
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈",
    "lines": "one\r\ntwo\rthree\n\nfour",
    "blank": " \u00a0\u2003\u200b ",
    "percent": "%s %(name)s %d {0} {name} {{ name }} {% now %} %",
    "no such day": "2025-02-31",
    "year 0": "0000-01-01",
    "last day": "9999-12-31",
    "year 10000": "10000-01-01",
    "no such month": "2025-13",
    "no such hour": "25:61",
    "other digits": "٢٠٢٥-٠٣-٠٤",
    "beyond": "99999999999999999999999",
    "negative": "-1",
    "infinite": "1e309",
    "not a number": "nan",
    "power": "²",
    "absent id": ABSENT,
    "script": "javascript:alert(1)",
    "bad host": "http://[",
    "long host": f"https://{'a' * 300}.example.org/",
    "bad address": "@",
    "quoted address": '"a b"@example.org',
    "path": "../../../etc/passwd",
}
# What may be sent in place of something that is chosen or carried.
CHOSEN = {
    name: TYPED[name]
    for name in (
        "nul", "surrogate", "long", "markup", "percent", "beyond", "negative", "infinite", "power",
        "other digits", "absent id",
    )
} | {"unknown": "absent", "empty": ""}  # fmt: skip

# What a good reader types, by the last word of the input's name; `SENTENCE` where none is said.
SENTENCE = "Words of a reader"
GOOD = {
    "email": "new.person@example.org",
    "address": "new.address@example.org",
    "login": "new.person@example.org",
    "code": "vienna-2027",
    "starts": "2027-03-09",
    "ends": "2027-03-10",
    "opens": "10:00",
    "closes": "17:00",
    "url": "https://example.org/paper",
    "issued": "2024-05",
    "needed_by": "2026",
    "since": "2025-03-10",
    "until": "2026-03-10",
    "year": "2021",
    "date": "2027-03-26",
    "on": "2025-05-02",
    "due_on": "2025-05-02",
    "received_on": "2025-05-02",
    "dated": "2025-05-01",
    "answer_by": "2025-06-02",
    "password": "four words of length",
    "again": "four words of length",
    "present": "four words of length",
    "names": "A. Person; Director",
    "letter": "",
    "reference": "",
    "left_out": "",
}
