"""What arrives: attributed by its reference alone; hostile mail changes nothing and fails nothing."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from clearinghouse.access.actor import OPERATOR
from clearinghouse.access.errors import Invalid, Refused
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.queries import files_of
from clearinghouse.files.rules import MIB, Type
from clearinghouse.intake import actions as intake
from clearinghouse.intake.actions import Acceptance, Incoming
from clearinghouse.intake.formats import forms
from clearinghouse.intake.forms import prefilled
from clearinghouse.intake.models import Item
from clearinghouse.intake.rules.workflow import Channel, State
from clearinghouse.ledger.models import Entry
from clearinghouse.needs.queries import own_rows
from clearinghouse.needs.rules import Consent
from clearinghouse.notices.models import Notice
from clearinghouse.notices.rules import Kind as NoticeKind
from clearinghouse.people import actions as people
from clearinghouse.submissions.models import Submission
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State as Stage
from tests.committee import Committee
from tests.files import samples
from tests.files.samples import GOOD
from tests.intake.post import arrive, code, current_need, read, reply, sent_matrix, words

TODAY = date(2025, 3, 10)
NOTE = "note verbale 12/2025"


def entries() -> int:
    return Entry.objects.unscoped("test").exclude(verb__startswith="intake.").count()


def marks(item: Item) -> set[str]:
    return set(item.marks) - {"nothing_said"}


# ── whose it is ─────────────────────────────────────────────────────────────────────────────────


def test_the_reference_alone_says_whose_it_is(committee: Committee, tmp_path: Path) -> None:
    need = committee.need("XA")
    (mail,) = sent_matrix(committee, tmp_path, "mission_xa")
    line = next(x for x in words(mail).splitlines() if x.startswith("Reference:"))
    forged = arrive(committee, reply(mail, f"{code(need)} withdrawn", sender="evil@example.net"))
    assert (forged.body, marks(forged)) == (committee.body("XA"), {"mismatch"})
    assert forged.claims == "evil@example.net"
    by_line = arrive(committee, reply(None, f"{line}\n\n{code(need)} confirmed"))
    assert (by_line.body, marks(by_line)) == (committee.body("XA"), set())
    claiming = arrive(committee, reply(None, f"{code(need)} withdrawn"))
    assert (claiming.body, marks(claiming)) == (None, {"no_reference"})
    assert claiming.answers == []
    with pytest.raises(Invalid, match="from which State"):
        intake.accept(
            claiming, Acceptance(NOTE, TODAY), by=committee.actor("secretariat"), now=committee.now
        )


def test_what_a_reply_says_of_another_states_needs_is_not_heard(
    committee: Committee, tmp_path: Path
) -> None:
    other = committee.need("XB", "police", Consent.PUBLIC)
    committee.need("XA")
    (mail,) = sent_matrix(committee, tmp_path, "mission_xa")
    item = arrive(committee, reply(mail, f"{code(other)} withdrawn"))
    assert item.answers == []
    assert item.faults == [
        [
            "%(place)s: no need of this State has the code N-%(code)s.",
            {"place": "1", "code": other.pk.hex[:8]},
        ]
    ]


def test_the_same_mail_twice_is_one_item(committee: Committee, tmp_path: Path) -> None:
    mail = reply(None, "Hello")
    assert arrive(committee, mail).pk == arrive(committee, mail).pk
    assert Item.objects.unscoped("test").count() == 1


def test_a_seat_that_ended_is_pointed_out_and_its_body_told(
    committee: Committee, tmp_path: Path
) -> None:
    need = committee.need("XA")
    (mail,) = sent_matrix(committee, tmp_path, "mission_xa")
    item = arrive(committee, reply(mail, f"{code(need)} confirmed"))
    people.unseat(committee.seats["mission_xa"], by=OPERATOR, now=committee.now)
    late = arrive(committee, reply(mail, f"{code(need)} rank: 1"))
    assert marks(late) == {"seat_ended"}
    now = committee.now + timedelta(hours=1)
    intake.accept(item, Acceptance(NOTE, TODAY), by=committee.actor("secretariat"), now=now)
    told = Notice.objects.unscoped("test").filter(kind=NoticeKind.INTAKE_SETTLED)
    assert [n.recipient for n in told] == []  # the capital validates nothing; no mission is left


def test_the_capitals_word_changes_no_need(committee: Committee, tmp_path: Path) -> None:
    need = committee.need("XA")
    (mail,) = sent_matrix(committee, tmp_path, "capital_xa")
    item = arrive(
        committee, reply(mail, f"{code(need)} withdrawn", sender="capital_xa@example.org")
    )
    with pytest.raises(Invalid, match="capital"):
        intake.accept(
            item, Acceptance(NOTE, TODAY), by=committee.actor("secretariat"), now=committee.now
        )
    assert current_need(need).status == "confirmed"


# ── hostile mail ────────────────────────────────────────────────────────────────────────────────

# fmt: off
HOSTILE: dict[str, tuple[bytes, set[str]]] = {
    "an empty mail":          (b"", {"not_kept", "no_reference"}),
    "no mail at all":         (b"\0\1\2" * 100, {"not_kept", "no_reference"}),
    "a bomb":                 (reply(None, "See attached.", files=[("a.xlsx", samples.zip_bomb())]), {"not_kept", "no_reference"}),
    "a far corner":           (reply(None, "See attached.", files=[("a.xlsx", samples.far_corner())]), {"unread", "no_reference"}),
    "an archive":             (reply(None, "See attached.", files=[("a.zip", GOOD[Type.XLSX])]), {"not_kept", "no_reference"}),
    "an archive within":      (reply(None, "x", files=[("a.docx", samples.with_parts(GOOD[Type.DOCX], {"word/x.bin": GOOD[Type.XLSX]}))]), {"not_kept", "no_reference"}),
    "a virus":                (reply(None, "x", files=[("a.txt", samples.VIRUS)]), {"not_kept", "no_reference"}),
    "a program":              (reply(None, "x", files=[("a.pdf.exe", b"MZ")]), {"not_kept", "no_reference"}),
    "a name that deceives":   (reply(None, "x", files=[("a\u202efdp.exe", b"MZ")]), {"not_kept", "no_reference"}),
    "many files":             (reply(None, "x", files=[(f"{n}.txt", b"a") for n in range(30)]), {"not_kept", "no_reference"}),
    "too large":              (reply(None, "x") + b"a" * (26 * MIB), {"unread", "no_reference"}),
    "another encoding":       (b"From: a@example.org\r\nSubject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\xff\xfe\xe9", {"encoding", "no_reference"}),
    "an unknown encoding":    (b"From: a@example.org\r\nContent-Type: text/plain; charset=klingon\r\n\r\nhi", {"encoding", "no_reference"}),
    "a page":                 (b"From: a@example.org\r\nContent-Type: text/html\r\n\r\n<style>x</style><p>Hi<img src='http://x/'><script>evil()</script>", {"only_a_page", "no_reference"}),
    "a header within a header": (b"From: a@example.org\r\nSubject: =?utf-8?q?x=0D=0ABcc:_b=40c?=\r\n\r\nhi", {"no_reference"}),
    "a malformed sender":     (b"From: =?x?q?=?= <<>>,;\r\nSubject: \xff\r\n\r\nhi", {"no_reference"}),
    "parts within parts":     (b"From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * 400, {"unread", "no_reference"}),
    "an absence notice":      (reply(None, "I am away.", Auto_Submitted="auto-replied"), {"automatic", "no_reference"}),
    "a bounce":               (reply(None, "Undeliverable.", sender="MAILER-DAEMON@example.org"), {"automatic", "no_reference"}),
    "our own mail back":      (reply(None, "x", X_Loop="1"), {"automatic", "no_reference"}),
}
# fmt: on


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_mail_changes_nothing(committee: Committee, what: str) -> None:
    content, wanted = HOSTILE[what]
    before, told = entries(), Notice.objects.unscoped("test").count()
    item = arrive(committee, content)
    assert marks(item) == wanted
    assert entries() == before  # nothing but its arrival is recorded
    assert Notice.objects.unscoped("test").count() == told
    assert item.state == (State.SET_ASIDE if "automatic" in wanted else State.WAITING)
    assert "\r" not in item.title + item.text
    assert item.body is None
    kept = [f.type for f in files_of(item)]
    assert (
        "eml" not in kept or "not_kept" not in wanted
    )  # the whole is kept only if all of it may be


def test_a_page_is_read_as_words(committee: Committee) -> None:
    assert arrive(committee, HOSTILE["a page"][0]).text == "Hi"


def test_what_a_machine_wrote_is_never_answered(committee: Committee, tmp_path: Path) -> None:
    """Even where it carries our reference, and even once a person has accepted it."""
    need = committee.need("XA")
    (mail,) = sent_matrix(committee, tmp_path, "mission_xa")
    told = Notice.objects.unscoped("test").count()
    item = arrive(committee, reply(mail, f"{code(need)} confirmed", Auto_Submitted="auto-replied"))
    assert item.state == State.SET_ASIDE
    office = committee.actor("secretariat")
    intake.bring_back(item, by=office, now=committee.now)
    intake.refuse(item, "A machine's.", by=office, now=committee.now)
    assert Notice.objects.unscoped("test").count() == told


def test_what_could_never_be_recorded_is_pointed_out_and_refused_whole(
    committee: Committee, tmp_path: Path
) -> None:
    need, other = committee.need("XA"), committee.need("XA", "police")
    (mail,) = sent_matrix(committee, tmp_path, "mission_xa")
    text = f"{code(other)} rough cost: USD 1\n{code(need)} priority: 9\n{code(need)} colour: red"
    item = arrive(committee, reply(mail, text))
    assert [f[0][:24] for f in item.faults] == [
        "Line %(line)s is not und",
        "%(place)s, %(field)s: %(",
    ]
    with pytest.raises(Invalid, match="Priority"):
        intake.accept(
            item, Acceptance(NOTE, TODAY), by=committee.actor("secretariat"), now=committee.now
        )
    assert current_need(other).rough_cost == ""


@pytest.mark.parametrize("who", ["mission_xa", "expert", "chair", "administrator", "focal_xio"])
def test_nobody_else_accepts(committee: Committee, tmp_path: Path, who: str) -> None:
    need = committee.need("XA")
    (mail,) = sent_matrix(committee, tmp_path, "mission_xa")
    item = arrive(committee, reply(mail, f"{code(need)} confirmed"))
    with pytest.raises(Refused):
        intake.accept(item, Acceptance(NOTE, TODAY), by=committee.actor(who), now=committee.now)


def test_an_instrument_is_named_and_a_day_that_has_been(
    committee: Committee, tmp_path: Path
) -> None:
    (mail,) = sent_matrix(committee, tmp_path, "mission_xa")
    item, office = arrive(committee, reply(mail, "Hello")), committee.actor("secretariat")
    with pytest.raises(Invalid) as why:
        intake.accept(
            item, Acceptance("  ", TODAY + timedelta(days=1)), by=office, now=committee.now
        )
    assert why.value.faults.keys() == {"instrument", "received_on"}


# ── forms ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_a_form_sent_back_as_it_was_says_nothing(
    committee: Committee, tmp_path: Path, ending: str
) -> None:
    committee.need("XA", "legislation", Consent.NAMED, named=["XIO"], rough_cost="USD 1", rank=1)
    (mail,) = sent_matrix(committee, tmp_path, "mission_xa")
    form = prefilled(Kind.NEED, committee.body("XA"), "", "en")
    made = {"xlsx": forms.spreadsheet, "docx": forms.document}[ending](form)
    item = arrive(committee, reply(mail, "Attached.", files=[(f"form.{ending}", made)]))
    assert (item.answers, item.faults) == ([], [])
    assert {f.name for f in files_of(item)} == {f"form.{ending}", "mail.eml"}


def test_a_form_changes_one_need_and_states_another(committee: Committee, tmp_path: Path) -> None:
    need = committee.need("XA", descriptions={"en": "A law"})
    (mail,) = sent_matrix(committee, tmp_path, "mission_xa", attach=True)
    (attached,) = [p for p in mail.iter_attachments() if p.get_filename() == "needs-xa.xlsx"]
    sheet = refilled(attached.get_content(), {"title[en]": "A better law", "do": "confirm"})
    item = arrive(committee, reply(None, "Attached.", files=[("needs-xa.xlsx", sheet)]))
    assert item.body == committee.body("XA")  # by the reference inside the form
    assert item.answers[0]["content"] == {"title": {"en": "A better law"}}
    assert "row" in item.answers[0]["place"]
    intake.accept(
        item, Acceptance(NOTE, TODAY), by=committee.actor("secretariat"), now=committee.now
    )
    assert current_need(need).titles == {"en": "A better law"}
    titles = [r.need.titles for r in own_rows(committee.body("XA").pk)]
    assert {"en": "Quince"} in titles


def refilled(content: bytes, change: dict[str, str], *, new: bool = True) -> bytes:
    """The form as a person fills it in: the first entry changed and, if wanted, a need below."""
    from clearinghouse.files.formats import spreadsheet  # noqa: PLC0415  # used here alone

    (sheet,) = spreadsheet.read(content).sheets
    rows: list[list[object]] = [list(r) for r in sheet.rows]
    top = next(n for n, r in enumerate(rows) if r[0] == "entry")
    names = [str(n) for n in rows[top]]
    for name, value in change.items():
        rows[top + 2][names.index(name)] = value
    if not new:
        return samples.xlsx(rows)
    more = dict.fromkeys(names, "") | {
        "area": "customs",
        "title[en]": "Quince",
        "description[en]": "Quinces",
        "priority": "2",
        "consent": "none",
    }
    rows.append([more[n] for n in names])
    return samples.xlsx(rows)


def test_a_standard_comes_in_on_a_form_and_is_reviewed_like_any(
    committee: Committee, tmp_path: Path
) -> None:
    listed = committee.submission(Stage.LISTED)
    form = prefilled(Kind.STANDARD, committee.body("XIO"), "", "en")
    assert [code for code, _ in form.entries] == [listed.entry]
    (mail,) = sent_matrix(committee, tmp_path, "focal_xio")
    made = refilled(forms.spreadsheet(form), {"edition": "second"}, new=False)
    item = arrive(
        committee, reply(mail, "x", sender="focal_xio@example.org", files=[("f.xlsx", made)])
    )
    intake.accept(
        item, Acceptance(NOTE, TODAY), by=committee.actor("secretariat"), now=committee.now
    )
    handed = Submission.objects.unscoped("test").exclude(pk=listed.pk).get()
    assert (handed.state, handed.origin, handed.instrument) == ("submitted", "secretariat", NOTE)
    assert (handed.revises, handed.content) == (
        listed.entry,
        listed.content | {"edition": "second"},
    )


def test_a_file_handed_in_is_refused_to_the_face_of_whoever_hands_it_in(
    committee: Committee,
) -> None:
    bomb = Incoming(channel=Channel.FILE, content=samples.zip_bomb(), name="a.xlsx")
    with pytest.raises(Unfit, match="unpacks to more than"):
        intake.arrive(bomb, by=OPERATOR, now=committee.now)
    assert not Item.objects.unscoped("test").exists()


def test_a_mail_read_back_is_the_mail(committee: Committee) -> None:
    item = arrive(committee, reply(None, "Hello"))
    (original,) = files_of(item)
    assert original.part == "original"
    assert read(reply(None, "Hello"))["Subject"] == "A note"
