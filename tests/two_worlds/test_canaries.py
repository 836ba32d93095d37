"""What was written for few is met by nobody else: not in a page, a file, a mail, a log, an index."""

import base64
import logging
from collections.abc import Iterator

import pytest

from clearinghouse.circulars.queries import document, issues, rendition
from clearinghouse.cli.matrix import audience
from clearinghouse.project.doors import TABLE
from clearinghouse.search import queries as search
from clearinghouse.search.models import Indexed
from tests.committee import CAST
from tests.two_worlds import worlds
from tests.two_worlds.addresses import Ask, asks, chosen
from tests.two_worlds.canaries import KIND, Aviary, Canary, Open, found, mail_parts
from tests.two_worlds.crawl import Observer
from tests.two_worlds.worlds import World

REQUESTS = 30  # of each seat, beside every page of a thing with canaries
OPERATORS = {
    # the seat whose rendition the command gives → whose eyes it is cut for
    "public": "public",
    "auditor": "auditor",
    "administrator": "administrator",
    "member": "member_xb",
    "state-xb": "mission_xb",
    "state-xa": "mission_xa",
    "provider-xc": "mission_xc",
    "provider-xio": "focal_xio",
    "focal-xro": "focal_xro",
}


@pytest.fixture(scope="module")
def aviary() -> Aviary:
    return Aviary()


@pytest.fixture(scope="module")
def world(observer: Observer, aviary: Aviary) -> Iterator[World]:
    """A copy of the fork with a canary in every confidential field, brought to May."""
    with worlds.opened(observer.folder, observer.fork, aviary) as opened:
        yield opened


def unseen(aviary: Aviary, seat: str) -> list[Canary]:
    return [c for c in aviary.canaries if seat not in c.seen_by]


def escaped(aviary: Aviary, seat: str, contents: Iterator[Open] | list[Open]) -> list[str]:
    hidden = unseen(aviary, seat)
    return [c.where for content in contents for c in hidden if found(c, content)]


class Told:
    """What each seat was answered, headers and all; and what the log said meanwhile."""

    def __init__(self, observer: Observer, aviary: Aviary) -> None:
        self.observer, self.aviary = observer, aviary
        self._answers: dict[str, list[tuple[Ask, Open]]] = {}

    def to(self, seat: str) -> list[tuple[Ask, Open]]:
        if seat not in self._answers:
            self._answers[seat] = [(ask, self._open(seat, ask)) for ask in self._planned(seat)]
        return self._answers[seat]

    def _planned(self, seat: str) -> list[Ask]:
        """Every page of a thing with canaries, and a part of all that there is."""
        hidden = self.aviary.hidden
        every = asks(seat, self.observer.fork.things, hidden)
        ids = [str(pk) for pk in (*hidden.needs, *hidden.submissions)]
        pages = [a for a in every if a.method == "GET" and "GET" in TABLE[a.route]]
        naming = [a for a in pages if a.address.rstrip("/").removesuffix("/edit")[-36:] in ids]
        return list(dict.fromkeys([*naming, *chosen(every, seat, hidden, REQUESTS)]))

    def _open(self, seat: str, ask: Ask) -> Open:
        answer = self.observer.crawler.ask(seat, ask)
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers).encode()
        return Open(headers + b"\n" + Open.of(answer.body).plain)


@pytest.fixture(scope="module")
def told(observer: Observer, aviary: Aviary, world: World) -> Told:
    assert world.database
    return Told(observer, aviary)


def test_each_is_128_bits_and_stands_once(aviary: Aviary, world: World) -> None:
    words = [c.word for c in aviary.canaries]
    assert world.database
    assert len(set(words)) == len(words) > 50
    assert all(len(bytes.fromhex(word.removeprefix(KIND))) == 16 for word in words)


@pytest.mark.parametrize("seat", CAST)
def test_no_answer_holds_what_its_reader_may_not_see_and_no_log_any(
    told: Told, aviary: Aviary, seat: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Those who may see are shown them; the log of serving them is for other eyes."""
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "clearinghouse.requests"):
        answers = told.to(seat)
    assert len(answers) >= REQUESTS
    for ask, answer in answers:
        assert not escaped(aviary, seat, [answer]), ask
    assert caplog.records
    logged = Open("\n".join(f"{r.getMessage()} {vars(r)}" for r in caplog.records).encode())
    assert [c.where for c in aviary.canaries if found(c, logged)] == []


def test_each_is_met_by_somebody_who_may(told: Told, aviary: Aviary) -> None:
    """Else the search for them would prove nothing."""
    answers = {seat: told.to(seat) for seat in ("mission_xa", "focal_xio", "focal_xro")}
    for canary in aviary.canaries:
        who = canary.seen_by & answers.keys()
        assert any(found(canary, a) for seat in who for _, a in answers[seat]), canary.where


@pytest.mark.parametrize("seat", CAST)
def test_no_mail_holds_what_its_reader_may_not_see(
    observer: Observer, world: World, aviary: Aviary, seat: str
) -> None:
    for name, mail in world.mails(observer.fork, seat).items():
        assert not escaped(aviary, seat, mail_parts(mail)), name


def test_a_mail_attaches_what_its_reader_may_see(
    observer: Observer, world: World, aviary: Aviary
) -> None:
    mails = [m for seat in CAST for m in world.mails(observer.fork, seat).values()]
    opened = [part for mail in mails for part in mail_parts(mail)]
    assert len(mails) >= len(CAST) - 4
    assert any(found(c, part) for c in aviary.canaries for part in opened)


def test_the_index_finds_it_for_those_alone_who_may(
    observer: Observer, world: World, aviary: Aviary
) -> None:
    """The index holds the text; its marks say who finds it. A draft is not in it at all."""
    committee = observer.fork.at(worlds.CRAWL)
    indexed = Indexed.objects.unscoped("to see what the index holds").values_list(
        "words", flat=True
    )
    words = "\n".join(indexed)
    held = [c for c in aviary.canaries if c.word in words]
    assert world.database
    assert {c.where.partition(":")[2] for c in held} == {" title", " description"}
    assert all(c.where.startswith("need ") and "contributed" not in c.where for c in held)
    for canary in held:
        who = {s for s in CAST if search.find(committee.actor(s), canary.word).exists()}
        assert who == canary.seen_by, canary.where


@pytest.mark.parametrize(("named", "seat"), OPERATORS.items())
def test_no_export_holds_what_its_reader_may_not_see(
    world: World, aviary: Aviary, named: str, seat: str
) -> None:
    """What the operator's command writes to a file, in every format."""
    assert world.database
    issue = issues.latest_issued()
    assert issue
    copy = rendition.copy_for(issue, audience(named))
    for kind in document.FORMATS:
        content = document.render(copy, kind, "en")[0]
        assert not escaped(aviary, seat, [Open.of(content)]), kind


@pytest.mark.parametrize(
    "form",
    [
        lambda word: word.encode(),
        lambda word: word.upper().encode(),
        lambda word: word[::-1].encode(),
        lambda word: word.encode().hex().encode(),
        lambda word: word.encode("utf-16"),
        lambda word: base64.b64encode(word.encode()),
        lambda word: base64.b64encode(b"{" + word.encode() + b"}"),
        lambda word: base64.b64encode(b"[{" + word.encode() + b"}]"),
    ],
)
def test_a_canary_is_found_in_every_form(form: object) -> None:
    canary = Canary(f"{KIND}0123456789abcdef0123456789abcdef", "here", frozenset())
    assert callable(form)
    assert found(canary, Open(b"<p>" + form(canary.word) + b"</p>"))
    assert not found(canary, Open(b"<p>" + form("another") + b"</p>"))
