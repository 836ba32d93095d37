"""Each recipient is sent one mail, cut for its seat, under one name however often it is tried."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

from clearinghouse.access.actor import PUBLIC
from clearinghouse.circulars.queries import issues, rendition
from clearinghouse.circulars.rules import FULL
from clearinghouse.crossings import deliver, issue_matrix, mails
from clearinghouse.crossings.mails import posted
from clearinghouse.needs.rules import Consent
from clearinghouse.notices import actions, couriers, queries
from clearinghouse.notices.couriers import Courier, Deferred, Folder, Parked, Post
from clearinghouse.notices.models import Notice
from clearinghouse.notices.rules import GIVE_UP_AFTER, LEASE, Kind, Status
from clearinghouse.people import actions as people
from clearinghouse.people.models import Person
from clearinghouse.people.queries import Addressee
from tests.committee import Committee
from tests.crossings.april import FREEZES, SECOND, Carrier, cleared, enlist, issue, notices

MINUTE = timedelta(minutes=1)
TEXT_ONLY = [
    "Message-ID", "Date", "From", "To", "Subject", "Auto-Submitted",
    "Content-Type", "Content-Transfer-Encoding", "MIME-Version", "Content-Language",
]  # fmt: skip
WITH_FILE = [name for name in TEXT_ONLY if name != "Content-Transfer-Encoding"]


def issued(committee: Committee, *names: str, attach: bool = False) -> None:
    enlist(committee, names, attach=attach)
    cleared(committee)
    issue_matrix.run(FREEZES)


def one_mail(committee: Committee, name: str, *, attach: bool = False) -> EmailMessage:
    issued(committee, name, attach=attach)
    by = Carrier()
    assert deliver.deliver_next(FREEZES, by) == Status.SENT
    (mail,) = by.mails
    return mail


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def alter(person: Person, **columns: Any) -> None:
    """As a fault in the data would: past the actions, in the table itself."""
    for name, value in columns.items():
        setattr(person, name, value)
    Person.save_base(person, raw=True, force_update=True)


# ── one mail for each seat ──────────────────────────────────────────────────────────────────────


def test_one_to_and_no_copies_for_each_recipient(committee: Committee) -> None:
    names = ["chair", "expert", "mission_xa", "mission_xc", "focal_xio", "focal_xro"]
    issued(committee, *names)
    by = Carrier()
    while deliver.deliver_next(FREEZES, by):
        pass
    assert sorted(m["To"].addresses[0].addr_spec for m in by.mails) == sorted(
        f"{name}@example.org" for name in names
    )
    for mail in by.mails:
        assert len(mail["To"].addresses) == 1
        assert mail["Cc"] is mail["Bcc"] is None
        assert sorted(mail.keys()) == sorted(WITH_FILE if mail.is_multipart() else TEXT_ONLY)
    assert len({m["Message-ID"] for m in by.mails}) == len(names)
    assert queries.tally() == {"sent": len(names)}


def test_it_says_the_hash_of_the_seats_own_rendition_and_leads_to_sign_in(
    committee: Committee,
) -> None:
    committee.need("XA", consent=Consent.NONE, titles={"en": "Mulberry"})
    mail = one_mail(committee, "expert")
    text = text_of(mail)
    assert rendition.copy_for(issue(), FULL).hash in text
    assert f"{settings.SITE_URL}/en/matrix/2025-04/" in text
    assert "Needs that you may see: 1." in text
    assert "Mulberry" not in mail.as_string()
    assert not mail.is_multipart()


def test_the_files_are_attached_for_who_asked_and_where_all_is_public(
    committee: Committee,
) -> None:
    issued(committee, "secretariat", attach=True)
    enlist(committee, ["focal_xro", "expert"])
    actions.tell(Kind.MATRIX_ISSUED, issue().subject, issues.circulation(), now=FREEZES)
    by = Carrier()
    while deliver.deliver_next(FREEZES, by):
        pass
    files = {
        m["To"].addresses[0].username: [a.get_filename() for a in m.iter_attachments()]
        for m in by.mails
    }
    assert files == {
        "secretariat": ["matrix-2025-04-full.xlsx", "matrix-2025-04-full.pdf"],
        "focal_xro": ["matrix-2025-04-public.xlsx", "matrix-2025-04-public.pdf"],
        "expert": [],
    }


def test_it_is_written_in_the_language_of_the_person(committee: Committee) -> None:
    alter(committee.person("chair"), language="ar-xb")
    mail = one_mail(committee, "chair")
    assert mail["Content-Language"] == "ar-xb"
    assert "/ar-xb/matrix/2025-04/" in text_of(mail)
    assert "has been issued" not in text_of(mail)
    assert not mail["Subject"].startswith("Matrix of needs")


def test_the_mail_to_who_can_clear_names_the_month_and_what_is_missing(
    committee: Committee,
) -> None:
    cleared(committee)
    actions.tell(
        Kind.MATRIX_WAITS, f"{issue().subject}#waits", [committee.seats["chair"].pk], now=FREEZES
    )
    by = Carrier()
    assert deliver.deliver_next(FREEZES, by) == Status.SENT
    assert "April 2025 waits for clearance" in by.mails[0]["Subject"]
    assert "/en/desk/circulars/2025-04/" in text_of(by.mails[0])


def test_a_seat_that_ended_before_sending_is_dropped(committee: Committee) -> None:
    issued(committee, "secretariat")
    people.unseat(committee.seats["secretariat"], by=committee.actor("administrator"), now=FREEZES)
    by = Carrier()
    assert deliver.deliver_next(FREEZES, by) == Status.DROPPED
    assert by.taken == []
    assert notices()[0].said == "the seat has ended"


# ── nothing that anyone writes can add a header or an address ───────────────────────────────────

NASTY = (
    "Ann\r\nBcc: spy@example.net", "Ann\nX-Evil: 1", "Ann\rBcc: spy@example.net",
    "Ann\u2028Bcc: spy@example.net", "Ann\u2029Bcc: x", "Ann\x85Bcc: x", "Ann\x0bBcc: x",
    "Ann\x0cBcc: x", "Ann\x00Bcc: x", "=?utf-8?q?=0D=0ABcc:_spy=40example=2Enet?=",
    "=?utf-8?b?DQpCY2M6IHNweUBleGFtcGxlLm5ldA==?=", "=?us-ascii?q?x=40y?=",
    "Ann <spy@example.net>, Bob", "Ann, Bob; Cleo:", 'A "quoted" \\ name', "<", ">", "(comment",
    "@", ",", "a" * 500, "名" * 100, "Ünï, ö " * 20, "\u202eevil", "\ufeff\u200b", "' OR 1=1 --",
    "<script>alert(1)</script>", "$(touch /tmp/blns.fail)", "{0}%s%n", "..", "undefined", "\t", "",
)  # fmt: skip


def composed(name: str, subject: str) -> EmailMessage:
    """A mail to somebody of that name, as it arrives."""
    notice = Notice(cause="circulars.issue:1", recipient=UUID(int=1), created_at=FREEZES)
    to = Addressee(name, "chair@example.org", "en", "America/New_York", PUBLIC, None, FREEZES)
    mail = mails.Mail(subject, ("a text",), "https://example.org/", "Everybody.")
    sent = posted.message(notice, to, mail).content
    return message_from_bytes(sent, policy=policy.default)


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_no_name_and_no_subject_adds_a_header_or_an_address(nasty: str) -> None:
    for mail in (composed(nasty, "Matrix"), composed("Chair", nasty), composed(nasty, nasty)):
        assert mail.keys() == TEXT_ONLY
        assert [a.addr_spec for a in mail["To"].addresses] == ["chair@example.org"]
        assert not mail.defects
        assert str(mail.get_content()).startswith("a text")


def test_a_nasty_name_in_the_tables_does_not_either(committee: Committee) -> None:
    alter(committee.person("chair"), name="Ann\r\nBcc: spy@example.net")
    mail = one_mail(committee, "chair")
    assert mail.keys() == TEXT_ONLY
    assert [str(a) for a in mail["To"].addresses] == [
        '"Ann Bcc: spy@example.net" <chair@example.org>'
    ]


@pytest.mark.parametrize(
    "email",
    [
        "",
        "no address",
        "a@b\r\nBcc: c@d",
        "a@b.org, c@d.org",
        "a@b.org\u2028",
        "<a@b.org>",
        "@",
        "é@b.org",
    ],
)
def test_what_is_no_address_is_parked_and_shown(email: str, committee: Committee) -> None:
    alter(committee.person("chair"), email=email)
    issued(committee, "chair")
    by = Carrier()
    assert deliver.deliver_next(FREEZES, by) == Status.FAILED
    assert by.taken == []
    assert "is not an address" in notices()[0].said


# ── tried again ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("attach", [False, True])
def test_every_try_is_the_same_mail_byte_for_byte(committee: Committee, attach: bool) -> None:  # noqa: FBT001  # a case
    issued(committee, "secretariat", attach=attach)
    by, moment = Carrier(Deferred("450 later")), FREEZES
    for wait in (1, 2, 5, 10, 10):
        assert deliver.deliver_next(moment, by) == Status.DEFERRED
        assert deliver.deliver_next(moment + wait * MINUTE - SECOND, by) is None
        moment += wait * MINUTE
    by.refusal = None
    assert deliver.deliver_next(moment, by) == Status.SENT
    assert len(by.taken) == 6
    assert len(set(by.taken)) == 1
    assert notices()[0].attempts == 6


def test_it_is_given_up_after_five_days_of_temporary_refusals(committee: Committee) -> None:
    issued(committee, "chair")
    Notice.objects.unscoped("the test goes on").update(attempts=GIVE_UP_AFTER - 1)
    assert deliver.deliver_next(FREEZES, Carrier(Deferred("450 later"))) == Status.DEFERRED
    assert notices()[0].status == Status.FAILED
    assert deliver.deliver_next(FREEZES + 60 * MINUTE, Carrier()) is None


def test_a_refusal_for_good_is_parked_with_its_word(committee: Committee) -> None:
    issued(committee, "chair")
    assert deliver.deliver_next(FREEZES, Carrier(Parked("550 no such user"))) == Status.FAILED
    assert (notices()[0].status, notices()[0].said) == ("failed", "550 no such user")
    receipts = queries.receipts(committee.actor("secretariat"), issue().subject)
    assert [n.status for n in receipts] == ["failed"]
    assert list(queries.receipts(committee.actor("mission_xa"), issue().subject)) == []


def test_a_fault_in_composing_one_mail_does_not_hold_up_the_others(
    committee: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued(committee, "chair", "expert")
    composed = mails.compose

    def falters(notice: Notice, to: Any) -> Any:
        if to.email.startswith("chair"):
            raise KeyError("a fault of ours")
        return composed(notice, to)

    monkeypatch.setattr(mails, "compose", falters)
    by = Carrier()
    found = {deliver.deliver_next(FREEZES, by), deliver.deliver_next(FREEZES, by)}
    assert found == {Status.SENT, Status.DEFERRED}
    assert [n.said for n in notices() if n.status == "deferred"] == ["KeyError"]


def test_what_a_dead_sender_held_is_free_after_its_lease(committee: Committee) -> None:
    issued(committee, "chair")
    assert actions.claim(FREEZES) is not None  # and its sender dies
    assert deliver.deliver_next(FREEZES + LEASE - SECOND, Carrier()) is None
    assert deliver.deliver_next(FREEZES + LEASE, Carrier()) == Status.SENT


@pytest.mark.parametrize("late", [Status.DEFERRED, Status.FAILED, Status.DROPPED])
def test_a_sender_that_comes_back_late_does_not_unsend(committee: Committee, late: Status) -> None:
    issued(committee, "chair")
    slow = actions.claim(FREEZES)
    assert slow is not None
    assert deliver.deliver_next(FREEZES + LEASE, Carrier()) == Status.SENT
    actions.settle(slow, late, said="too late", now=FREEZES + LEASE + SECOND)
    assert (notices()[0].status, notices()[0].said) == ("sent", "")
    assert deliver.deliver_next(FREEZES + 9 * LEASE, Carrier()) is None


def test_told_twice_is_told_once(committee: Committee) -> None:
    issued(committee, "chair")
    actions.tell(
        Kind.MATRIX_ISSUED, issue().subject, [committee.seats["chair"].pk], now=FREEZES + MINUTE
    )
    assert len(notices()) == 1


# ── the local folder ────────────────────────────────────────────────────────────────────────────


def test_the_same_mail_twice_is_one_file(committee: Committee, tmp_path: Path) -> None:
    issued(committee, "chair")
    folder = Folder(tmp_path / "outbox")
    left = tmp_path / "outbox" / f".{'x' * 40}.1"
    assert deliver.deliver_next(FREEZES, folder) == Status.SENT
    (file,) = (tmp_path / "outbox").iterdir()
    before = file.read_bytes()
    left = file.parent / f".{file.stem}.1"
    left.write_bytes(before[:50])  # of a sender killed while writing
    Notice.objects.unscoped("the test goes back").update(status="queued")
    assert deliver.deliver_next(FREEZES + LEASE, folder) == Status.SENT
    assert [f.name for f in file.parent.iterdir()] == [file.name]
    assert file.read_bytes() == before


def test_a_folder_that_cannot_be_written_defers_and_says_why(
    committee: Committee, tmp_path: Path
) -> None:
    (tmp_path / "outbox").write_text("a file where the folder should be")
    issued(committee, "chair")
    assert deliver.deliver_next(FREEZES, Folder(tmp_path / "outbox")) == Status.DEFERRED
    assert notices()[0].said == f"{tmp_path / 'outbox'}: File exists"
    (tmp_path / "outbox").unlink()
    assert deliver.deliver_next(FREEZES + MINUTE, Folder(tmp_path / "outbox")) == Status.SENT


# ── a mail server ───────────────────────────────────────────────────────────────────────────────


class Answering:
    """A mail server's side: what it answers, and what it took."""

    def __init__(self) -> None:
        self.rcpt = self.data = "250 fine"
        self.quit = "221 bye"
        self.most, self.enough = 1000, ""  # mails over one connection, and what is said then
        self.greeted = self.named = 0
        self.taken: list[tuple[list[str], bytes | str | None]] = []

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, _s: SMTP, _n: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, _s: SMTP, _n: Session, envelope: Envelope) -> str:  # noqa: N802  # the same
        if self.data.startswith("250"):
            self.taken.append((list(envelope.rcpt_tos), envelope.content))
        return self.data

    async def handle_EHLO(  # noqa: N802  # the same
        self, _s: SMTP, session: Session, _e: Envelope, name: str, answers: list[str]
    ) -> list[str]:
        session.host_name = name
        self.greeted += 1
        self.named = 0
        return answers

    async def handle_MAIL(  # noqa: N802  # the same
        self, _s: SMTP, _n: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.named += 1
        if self.named > self.most:
            return self.enough
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 fine"

    async def handle_QUIT(self, _s: SMTP, _n: Session, _e: Envelope) -> str:  # noqa: N802  # the same
        return self.quit


def post(port: int) -> Post:
    where = {"host": "127.0.0.1", "port": port, "username": "", "password": ""}
    return Post(where | {"use_ssl": False, "use_tls": False})


@pytest.fixture
def server() -> Iterator[tuple[Answering, Courier]]:
    """On a free port of this machine, for one test."""
    answering, loop = Answering(), asyncio.new_event_loop()
    begun = loop.create_server(lambda: SMTP(answering, hostname="sink", loop=loop), "127.0.0.1", 0)
    serving = loop.run_until_complete(begun)
    thread = Thread(target=loop.run_forever)
    thread.start()
    with closing(post(serving.sockets[0].getsockname()[1])) as by:
        yield answering, by

    async def stop() -> None:
        serving.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

    asyncio.run_coroutine_threadsafe(stop(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


Server = tuple[Answering, Courier]


def test_the_server_is_handed_what_was_composed(committee: Committee, server: Server) -> None:
    answering, by = server
    issued(committee, "chair")
    assert deliver.deliver_next(FREEZES, by) == Status.SENT
    ((to, content),) = answering.taken
    assert to == ["chair@example.org"]
    composed = Carrier()
    Notice.objects.unscoped("the test goes back").update(status="queued")
    deliver.deliver_next(FREEZES, composed)
    assert content == composed.taken[0]


@pytest.mark.parametrize(
    ("where", "answer", "status"),
    [
        ("rcpt", "450 greylisted", Status.DEFERRED),
        ("rcpt", "550 no such user", Status.FAILED),
        ("data", "451 try later", Status.DEFERRED),
        ("data", "554 refused", Status.FAILED),
        ("data", "421 closing", Status.DEFERRED),
    ],
)
def test_4xx_is_tried_again_and_5xx_is_parked(
    committee: Committee, server: Server, where: str, answer: str, status: Status
) -> None:
    answering, by = server
    setattr(answering, where, answer)
    issued(committee, "chair")
    assert deliver.deliver_next(FREEZES, by) == status
    assert (notices()[0].status, notices()[0].said) == (status, answer)
    setattr(answering, where, "250 fine")
    later = deliver.deliver_next(FREEZES + MINUTE, by)
    assert later == (Status.SENT if status == Status.DEFERRED else None)
    assert len(answering.taken) == (1 if later else 0)


@pytest.mark.parametrize("farewell", ["421 go away", "500 what?"])
def test_a_rude_farewell_does_not_unsend(
    committee: Committee, server: Server, farewell: str
) -> None:
    answering, by = server
    answering.quit = farewell
    issued(committee, "chair")
    assert deliver.deliver_next(FREEZES, by) == Status.SENT
    by.close()
    assert len(answering.taken) == 1
    assert notices()[0].status == Status.SENT


ALL = ("chair", "expert", "mission_xa", "mission_xb")


def sent_to_all(committee: Committee, by: Courier) -> list[Status]:
    enlist(committee, ALL)
    cleared(committee)
    issue_matrix.run(FREEZES)
    found = []
    while (status := deliver.deliver_next(FREEZES, by)) is not None:
        found.append(status)
    return found


def test_mail_after_mail_goes_over_one_connection(committee: Committee, server: Server) -> None:
    answering, by = server
    assert sent_to_all(committee, by) == [Status.SENT] * len(ALL)
    assert len({tuple(to) for to, _content in answering.taken}) == len(ALL)
    assert all(len(to) == 1 for to, _content in answering.taken)
    assert answering.greeted == 1


@pytest.mark.parametrize("enough", ["421 too many mails", "452 enough for now"])
def test_a_server_that_has_enough_of_one_connection_is_called_anew(
    committee: Committee, server: Server, enough: str
) -> None:
    """It says so before a mail is named: nothing was handed over, nothing is sent twice."""
    answering, by = server
    answering.most, answering.enough = 2, enough
    assert sent_to_all(committee, by) == [Status.SENT] * len(ALL)
    assert len(answering.taken) == len(ALL)
    assert answering.greeted == len(ALL) // 2


def test_a_server_that_is_down_defers(committee: Committee) -> None:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    issued(committee, "chair")
    assert deliver.deliver_next(FREEZES, post(port)) == Status.DEFERRED
    assert "refused" in notices()[0].said


@pytest.mark.parametrize("greeting", [b"554 no service here\r\n", b"421 too many\r\n", b"?\r\n"])
def test_a_server_that_refuses_before_a_mail_is_named_defers(
    committee: Committee, greeting: bytes
) -> None:
    """It speaks of itself, and would else have every mail of the month parked."""

    def greet(listening: socket.socket) -> None:
        with listening.accept()[0] as caller:
            caller.sendall(greeting)

    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        thread = Thread(target=greet, args=(listening,))
        thread.start()
        issued(committee, "chair")
        assert deliver.deliver_next(FREEZES, post(listening.getsockname()[1])) == Status.DEFERRED
        thread.join()


def _hang_up(listening: socket.socket) -> None:
    listening.accept()[0].close()


def test_a_server_that_hangs_up_in_the_middle_defers(committee: Committee) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        thread = Thread(target=_hang_up, args=(listening,))
        thread.start()
        issued(committee, "chair")
        assert deliver.deliver_next(FREEZES, post(listening.getsockname()[1])) == Status.DEFERRED
        thread.join()


def test_a_server_that_never_answers_defers(
    committee: Committee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(couriers, "TIMEOUT", 0.2)
    issued(committee, "chair")
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        by = post(listening.getsockname()[1])
        assert deliver.deliver_next(FREEZES, by) == Status.DEFERRED
    assert "timed out" in notices()[0].said


@pytest.mark.parametrize("how", [{"use_tls": True}, {"use_ssl": True}, {"username": "u"}])
def test_a_server_that_cannot_do_as_set_is_sent_nothing(
    committee: Committee, server: Server, how: dict[str, Any]
) -> None:
    """Never in the clear where encryption was asked for, never without signing in."""
    answering, by = server
    assert isinstance(by, Post)
    by.server |= how
    issued(committee, "chair")
    assert deliver.deliver_next(FREEZES, by) == Status.DEFERRED
    assert answering.taken == []
    assert notices()[0].said


def test_the_courier_is_that_of_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "OUTBOX_FOLDER", tmp_path)
    monkeypatch.setattr(settings, "MAIL_SERVER", None)
    assert isinstance(deliver.courier(), Folder)
    monkeypatch.setattr(settings, "MAIL_SERVER", {"host": "mail.example.org", "port": 25})
    assert isinstance(deliver.courier(), Post)
