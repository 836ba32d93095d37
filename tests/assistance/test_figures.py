"""Real money: figures brought in, matched or kept as named, and shown without ever being summed."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clearinghouse.access.actor import OPERATOR
from clearinghouse.access.errors import Invalid, Refused, Stale
from clearinghouse.assistance import actions, queries
from clearinghouse.assistance.actions import Report, import_crs
from clearinghouse.assistance.models import Figure, FigureTable
from clearinghouse.assistance.rules import Kind
from clearinghouse.ledger.models import Entry
from clearinghouse.ledger.verify import verify
from clearinghouse.mandate import queries as mandate
from tests.api import published
from tests.committee import CAST, NOW, Committee
from tests.conftest import PACKS
from tests.web.desk import Desk, text

EXTRACT = PACKS / "story" / "crs-2017-extract.csv"
AROUND = (above / "shared" / "data" / "crs" for above in Path(__file__).parents)
WHOLE = next((folder for folder in AROUND if folder.is_dir()), None)
SMALL = (
    b"RecipientCode,RecipientName,15130,24010,100,11110\n"
    b'248,Kenya,1.25,2.5,9,7\n57,Kosovo,3,,,\n298,"Africa, regional",4,,,\n'
)


def bring_in(content: bytes = SMALL, year: int = 2017) -> Report:
    return import_crs(content, f"crs_{year}.csv", year, by=OPERATOR, now=NOW)


def lines() -> int:
    return Entry.objects.unscoped("counted").count()


@pytest.mark.usefixtures("loaded_pack")
def test_rows_are_matched_or_kept_as_named_and_all_is_reported() -> None:
    report = bring_in()
    assert (report.new, report.changed, report.removed) == (5, 0, 0)
    assert report.rows_kept_as_named == ["row 3: Kosovo", "row 4: Africa, regional"]
    assert report.columns_unknown == ["100"]
    assert report.columns_bearing_on_nothing == 1
    assert "15132" in report.purposes_without_column
    kenya = Figure.objects.get(recipient_code="248", other_code="15130")
    assert kenya.recipient is not None
    assert (kenya.recipient.code, kenya.amount, kenya.line) == ("KE", Decimal("1.25"), 2)
    kosovo = Figure.objects.get(recipient_code="57")
    assert (kosovo.recipient, kosovo.recipient_name) == (None, "Kosovo")
    assert verify() is None


@pytest.mark.usefixtures("loaded_pack")
def test_the_same_file_changes_nothing_and_a_corrected_one_corrects() -> None:
    bring_in()
    before = lines()
    again = bring_in()
    assert (again.again, lines()) == (True, before)
    corrected = SMALL.replace(b"1.25", b"1.5").replace(b"57,Kosovo,3,,,\n", b"")
    report = bring_in(corrected)
    # two: an amount, and the row below the one that went stands a row higher
    assert (report.new, report.changed, report.unchanged, report.removed) == (0, 2, 2, 1)
    assert not Figure.objects.filter(recipient_code="57").exists()
    bring_in(year=2018)
    assert FigureTable.objects.count() == 2
    assert verify() is None


@pytest.mark.usefixtures("loaded_pack")
def test_a_spoilt_file_brings_in_nothing() -> None:
    before = lines()
    with pytest.raises(Invalid) as refused:
        bring_in(SMALL.replace(b"2.5", b"much"))
    assert refused.value.faults == {
        "crs_2017.csv": ["row 2, column 24010: 'much' is not an amount in millions"]
    }
    assert (lines(), Figure.objects.count()) == (before, 0)


def test_only_the_secretariat_and_the_operator_bring_figures_in(committee: Committee) -> None:
    for name in {*CAST, "clock"} - {"secretariat", "secretariat_2"}:
        with pytest.raises(Refused):
            import_crs(SMALL, "crs.csv", 2017, by=committee.actor(name), now=NOW)
    assert not Figure.objects.exists()


@pytest.mark.usefixtures("loaded_pack")
def test_a_purpose_that_bears_on_two_paragraphs_stands_under_both_and_nothing_is_summed() -> None:
    bring_in()
    found = queries.under_obligations(mandate.body("KE").pk)
    walk = queries.purposes_borne()
    assert len(walk["15130"]) > 1
    under = [b for b in found if b.figure.other_code == "15130"]
    assert {b.obligation for b in under} == set(walk["15130"])
    assert all(set(b.others) == set(walk["15130"]) - {b.obligation} for b in under)
    page = text(Client().get("/en/states/KE/"))  # type: ignore[arg-type]  # of a test's client
    assert "Aid under purpose codes related to the resolution" in page
    assert "1.250" in page
    assert "OECD DAC Creditor Reporting System, 2017" in page
    for sum_ in ("3.750", "3.75", "5.000", "Total", "total"):
        assert sum_ not in page
    assert "Aid under" not in text(Client().get("/en/states/FR/"))  # type: ignore[arg-type]  # as above


@pytest.mark.usefixtures("loaded_pack")
def test_figures_as_data() -> None:
    bring_in()
    told = Client().get("/api/v1/figures", {"state": "ke", "kind": "purpose"}).json()
    assert published.faults(told, published.answered("/api/v1/figures")) == []
    assert {(r["code"], r["amount"], r["year"], r["row"]) for r in told["results"]} == {
        ("15130", "1.25", 2017, 2), ("24010", "2.5", 2017, 2), ("11110", "7", 2017, 2),
    }  # fmt: skip  # a table
    kept = Client().get("/api/v1/figures", {"code": "15130"}).json()["results"]
    assert {(r["state"], r["recipient"]) for r in kept} >= {(None, "Kosovo"), ("KE", "Kenya")}


@pytest.mark.usefixtures("loaded_pack")
def test_the_demonstrations_extract_is_of_real_figures() -> None:
    report = bring_in(EXTRACT.read_bytes())
    assert report.columns_unknown == []
    assert [r.partition(": ")[2] for r in report.rows_kept_as_named] == [
        "Kosovo",
        "Africa, regional",
    ]


@pytest.mark.skipif(WHOLE is None, reason="the published tables are not on this machine")
@pytest.mark.usefixtures("loaded_pack")
def test_the_published_tables_come_in_whole() -> None:
    assert WHOLE is not None
    by_purpose = bring_in((WHOLE / "crs_2017_sectors.csv").read_bytes())
    by_donor = bring_in((WHOLE / "crs_2019_donors.csv").read_bytes(), 2019)
    assert (len(by_purpose.columns_unknown), by_purpose.new > 15_000) == (36, True)
    assert by_donor.columns_unknown == ["(blank)"]
    kenya = Figure.objects.filter(recipient__code="KE", table__kind="donor")
    assert kenya.get(donor__code="JP").other_name == "Japan"
    assert verify() is None


def sent(desk: Desk, content: bytes, year: str = "2017") -> Any:
    file = SimpleUploadedFile("crs_2017.csv", content)
    return desk.post("desk-figures", file=file, year=year)


def test_the_secretariat_brings_a_table_in_from_its_desk(committee: Committee) -> None:
    """With what was not matched; again, and with a fault: nothing changes."""
    desk = Desk(committee, "secretariat")
    page = text(sent(desk, SMALL))
    for said in ("row 3: Kosovo", "row 4: Africa, regional", "100", "The table is brought in"):
        assert said in page
    before = lines()
    assert "Nothing has changed" in text(sent(desk, SMALL))
    spoilt = sent(desk, SMALL.replace(b"2.5", b"much"))
    assert spoilt.status_code == 400
    assert "row 2, column 24010" in text(spoilt)
    assert sent(desk, SMALL, "17").status_code == 400
    assert (lines(), FigureTable.objects.count()) == (before, 1)
    assert "crs_2017.csv" in text(desk.get("desk-figures"))
    assert verify() is None


@pytest.mark.usefixtures("loaded_pack")
def test_of_two_hands_at_one_table_the_second_is_refused() -> None:
    bring_in()
    before_it = FigureTable.objects.get()
    bring_in(SMALL.replace(b"9", b"8").replace(b"1.25", b"1.5"))
    kept = list(Figure.objects.order_by("line", "other_code").values_list("amount"))
    with pytest.raises(Stale):
        actions._store(before_it, [], Report(Kind.PURPOSE, 2017), by=OPERATOR, now=NOW)
    assert list(Figure.objects.order_by("line", "other_code").values_list("amount")) == kept
    assert verify() is None
