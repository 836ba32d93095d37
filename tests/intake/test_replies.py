"""How a reply is read, line by line; what is quoted is not read. And what machines write."""

import pytest

from clearinghouse.intake.rules import replies, words
from clearinghouse.intake.rules.arrival import MARK_WORDS, Mark, is_automatic
from clearinghouse.intake.rules.replies import Do, Said, code_of
from clearinghouse.notices.rules import message_name, names_in, reference_of

C = "1a2b3c4d"

# fmt: off
SAID: dict[str, tuple[str, Said]] = {
    "confirmed":       (f"N-{C} confirmed", Said(1, C, do=Do.CONFIRM)),
    "a full stop":     (f"N-{C}: Confirmed.", Said(1, C, do=Do.CONFIRM)),
    "small letters":   (f"  * n {C.upper()} - correct", Said(1, C, do=Do.CONFIRM)),
    "another dash":    (f"N\u2011{C} withdrawn", Said(1, C, do=Do.WITHDRAW)),
    "a field":         (f"N-{C} rough cost: USD 20,000", Said(1, C, field="rough_cost", value="USD 20,000")),
    "a colon within":  (f"N-{C} counterpart: Ministry: Justice", Said(1, C, field="counterpart", value="Ministry: Justice")),
    "a language":      (f"N-{C} title (fr): Une loi", Said(1, C, field="title", value={"fr": "Une loi"})),
    "its own":         (f"N-{C} title: A law", Said(1, C, field="title", value={"en": "A law"})),
    "over two lines":  (f"N-{C} description: A law\nand advice.\n\nYours", Said(1, C, field="description", value={"en": "A law and advice."})),
    "a wrapped line":  (f"N-{C} counterpart: Ministry\nof Justice", Said(1, C, field="counterpart", value="Ministry of Justice")),
    "who may see it":  (f"N-{C} Who may see it: Every provider.", Said(1, C, field="consent", value="providers")),
    "an odd consent":  (f"N-{C} consent: my friends", Said(1, C, field="consent", value="my friends")),
    "providers":       (f"N-{C} providers: xio, XC", Said(1, C, field="providers", value=["XIO", "XC"])),
    "paragraphs":      (f"N-{C} paragraphs: 1(a): art. 2; 3(c)", Said(1, C, field="obligations", value=[{"ref": "1(a)", "pinpoint": "art. 2"}, {"ref": "3(c)"}])),
}
SILENT: dict[str, str] = {
    "nothing":            "",
    "a kind word":        "Thank you.",
    "what is quoted":     f"> N-{C} confirmed",
    "below On … wrote":   f"Yes.\nOn Monday, 1 April 2025, the committee wrote:\nN-{C} confirmed",
    "below Original":     f"Yes.\n-----Original Message-----\nN-{C} confirmed",
    "below From":         f"Yes.\nFrom: Clearinghouse\nN-{C} confirmed",
    "our own list":       f"• N-{C}  Legislation: A law (confirmed)",
    "our own example":    "    N-… confirmed",
    "no code":            "N-12 confirmed",
}
# fmt: on


@pytest.mark.parametrize("what", SAID)
def test_a_line_is_understood(what: str) -> None:
    text, said = SAID[what]
    assert replies.read(text) == ([said], [])


OFFICIAL = {"ar", "zh", "en", "fr", "ru", "es"}
TABLES = (words.WHOLE, words.FIELDS, words.CONSENTS)


@pytest.mark.parametrize("table", TABLES)
def test_every_word_is_there_in_the_six_languages_and_means_one_thing(table: words.Table) -> None:
    for says, by_language in table.items():
        assert set(by_language) == OFFICIAL, says
    said: dict[str, set[str]] = {}
    for says, _language, word in words.rows(table):
        assert words.key(word) == words.key(words.key(word)) != ""
        said.setdefault(words.key(word), set()).add(says)
    assert {word for word, some in said.items() if len(some) > 1} == set()


def test_every_word_is_read_and_what_is_not_reviewed_says_so() -> None:
    for says, language, word in words.rows(words.WHOLE):
        ((said,), misread) = replies.read(f"N-{C} {word.upper()}.")
        assert (said.do, misread) == (says, []), word
        assert said.is_reviewed == (language == "en"), word
    for says, _language, word in words.rows(words.FIELDS):
        ((said,), misread) = replies.read(f"N-{C} {word}: 1(a)")
        assert (said.field, misread) == (says, []), word
    for says, _language, word in words.rows(words.CONSENTS):
        ((said,), _misread) = replies.read(f"N-{C} consent: {word}")
        assert said.value == says, word


# fmt: off
ELSEWHERE: dict[str, tuple[str, Said]] = {
    "French":  (f"N-{C} titre : Une loi", Said(1, C, field="title", value={"fr": "Une loi"}, is_reviewed=False)),
    "Spanish": (f"N-{C} título: Una ley", Said(1, C, field="title", value={"es": "Una ley"}, is_reviewed=False)),
    "Russian": (f"N-{C} кто может видеть: Все доноры", Said(1, C, field="consent", value="providers", is_reviewed=False)),
    "Arabic":  (f"N-{C} العنوان: قانون", Said(1, C, field="title", value={"ar": "قانون"}, is_reviewed=False)),
    "Chinese": (f"N-{C}标题：法律", Said(1, C, field="title", value={"zh": "法律"}, is_reviewed=False)),
    "a word of two languages": (f"N-{C} description: Une loi", Said(1, C, field="description", value={"en": "Une loi"})),
    "a language named": (f"N-{C} titre (en): A law", Said(1, C, field="title", value={"en": "A law"}, is_reviewed=False)),
}
QUOTED = (
    "Le 1 avril 2025, le comité a écrit :", "El 1 de abril, el comité escribió:", "От: Комитет",
    "1 апреля 2025, Комитет написал:", "在2025年4月1日，委员会写道：", "发件人：委员会",
)
# fmt: on


@pytest.mark.parametrize("what", ELSEWHERE)
def test_a_line_in_another_language_is_understood(what: str) -> None:
    text, said = ELSEWHERE[what]
    assert replies.read(text) == ([said], [])


@pytest.mark.parametrize("sign", QUOTED)
def test_what_is_quoted_in_another_language_is_not_read(sign: str) -> None:
    assert replies.read(f"Merci.\n{sign}\nN-{C} confirmed") == ([], [])


@pytest.mark.parametrize("what", SILENT)
def test_what_is_no_reply_says_nothing(what: str) -> None:
    assert replies.read(SILENT[what]) == ([], [])


def test_what_is_not_understood_is_pointed_out_by_its_line() -> None:
    _, misread = replies.read(f"Hello\n\nN-{C} yes and no\nN-{C} colour: red")
    assert [(m.line, m.text) for m in misread] == [(3, "yes and no"), (4, "colour: red")]


def test_a_need_is_called_by_the_beginning_of_its_id() -> None:
    assert code_of("1a2b3c4d-0000-4000-8000-000000000000") == f"N-{C}"


AUTOMATIC = [
    {"auto-submitted": "auto-replied"},
    {"auto-submitted": "auto-generated"},
    {"precedence": "bulk"},
    {"x-autoreply": "yes"},
    {"list-id": "<list.example.org>"},
    {"return-path": "<>"},
    {"content-type": "multipart/report; report-type=delivery-status"},
    {"from": "Mail <MAILER-DAEMON@example.org>"},
    {"from": "noreply@example.org"},
]


@pytest.mark.parametrize("headers", AUTOMATIC)
def test_what_a_machine_wrote_is_known(headers: dict[str, str]) -> None:
    assert is_automatic(headers)


def test_what_a_person_wrote_is_not_taken_for_a_machine() -> None:
    assert not is_automatic({"from": "Jane <jane@example.org>", "auto-submitted": "no"})
    assert not is_automatic({})


def test_every_mark_is_said_in_words() -> None:
    assert set(MARK_WORDS) == set(Mark)


def test_a_reference_leads_back_to_its_mail_and_cannot_be_guessed_without_the_key() -> None:
    name = message_name("circulars.issue:1", "seat", "key")
    reference = reference_of(name)
    assert names_in(f"Reference: {reference.upper()}\n") == [name[:20]]
    assert names_in(f"<{name}@example.org>") == [name[:20]]
    assert names_in(f"<{name}@h> and {reference}") == [name[:20]]
    assert message_name("circulars.issue:1", "seat", "other") != name
    assert names_in("12345-67890 and <reply@example.org>") == []
