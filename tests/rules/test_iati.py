"""What is read of a published activity, and what it says as a contribution."""

from pathlib import Path
from typing import Any

import pytest

from clearinghouse.assistance.formats import iati
from clearinghouse.assistance.formats.activity import Activity, Coded, Money
from clearinghouse.assistance.formats.notes import MOST, Notes
from clearinghouse.batches.rules import published
from clearinghouse.batches.rules.published import Walk
from tests.batches.activities import HEAD, TAIL, activity
from tests.batches.activities import published as written

WALK = Walk(frozenset({"XA", "XB"}), {"15132": ["2(e)"]}, {"15132": ["customs"]})
EXAMPLE = Path("shared/data/iati/annotated-example-2.01.xml")
AROUND = (above / EXAMPLE for above in Path(__file__).parents)
ANNOTATED = next((each for each in AROUND if each.exists()), EXAMPLE)


def read(folder: Path, *activities: str) -> tuple[list[Activity], Notes]:
    notes = Notes()
    return list(iati.activities(written(folder, activities), notes)), notes


def said(folder: Path, inner: str, **more: Any) -> dict[str, Any]:
    [one], notes = read(folder, activity(1, inner, **more))
    content = published.content(one, WALK, notes)
    assert content is not None
    return content


def test_titles_and_descriptions_keep_their_languages(tmp_path: Path) -> None:
    inner = (
        '<description type="1"><narrative>One.</narrative>'
        '<narrative xml:lang="FR">Un.</narrative></description>'
        '<description type="2"><narrative>Two.</narrative></description>'
        '<title><narrative xml:lang="fr">Activité</narrative></title>'
    )
    content = said(tmp_path, inner)
    assert content["title"] == {"en": "Activity number 1", "fr": "Activité"}
    assert content["summary"] == {"en": "One.\n\nTwo.", "fr": "Un."}


def test_a_state_is_matched_and_the_rest_is_as_named(tmp_path: Path) -> None:
    inner = (
        '<recipient-country code="xa" percentage="60"/>'
        '<recipient-country code="QQ" percentage="15.5%"><narrative>Isle</narrative>'
        '</recipient-country><recipient-region code="489" vocabulary="1" percentage="25"/>'
    )
    content = said(tmp_path, inner)
    assert content["states"] == ["XA"]
    assert content["recipients"] == ["XA 60 %", "QQ Isle 15.5 %", "1:489 25 %"]


def test_the_cross_walk_leads_from_a_purpose_to_paragraph_and_area(tmp_path: Path) -> None:
    content = said(
        tmp_path, '<sector vocabulary="99" code="9"><narrative>Own</narrative></sector>'
    )
    assert content["obligations"] == [{"ref": "2(e)"}]
    assert content["areas"] == ["customs"]
    assert content["sectors"] == ["DAC 15132 100 %", "99 9 Own"]


def test_a_code_of_another_vocabulary_is_no_purpose(tmp_path: Path) -> None:
    other = activity(1).replace('vocabulary="1"', 'vocabulary="99"')
    [one], notes = read(tmp_path, other)
    assert published.content(one, WALK, notes) is None
    assert "bear on no paragraph" in notes.told()[0]


PAYMENT = (
    '<transaction><transaction-type code="{kind}"/><transaction-date iso-date="2024-05-06"/>'
    "<value{currency}>{amount}</value>"
    '<recipient-country code="XB"/><sector code="15132"/></transaction>'
)


def test_transactions_speak_for_an_activity_without_country_or_sector(tmp_path: Path) -> None:
    payment = PAYMENT.format(kind="3", currency=' currency="EUR"', amount="10.50")
    bare = activity(1, payment).replace(
        '<sector vocabulary="1" code="15132" percentage="100"/>', ""
    )
    [one], notes = read(tmp_path, bare)
    content = published.content(one, WALK, notes)
    assert content is not None
    assert (content["states"], content["sectors"]) == (["XB"], ["DAC 15132"])
    assert content["disbursements"] == ["2024-05-06: EUR 10.50"]


def test_where_the_activity_names_them_its_own_go_before(tmp_path: Path) -> None:
    inner = '<recipient-country code="XA"/>' + PAYMENT.format(kind="4", currency="", amount="7")
    [one], _ = read(tmp_path, activity(1, inner))
    assert one.countries == [Coded("XA")]
    assert one.sectors == [Coded("15132", "1", "100")]
    assert one.disbursements == [Money("2024-05-06", "", "USD", "7")]


def test_money_keeps_its_currency_and_is_never_added_up(tmp_path: Path) -> None:
    period = '<period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/>'
    inner = (
        f'<budget>{period}<value currency="EUR">3000</value></budget>'
        f"<budget>{period}<value>4000</value></budget>"
        f'<planned-disbursement>{period}<value currency="GBP">5</value></planned-disbursement>'
    )
    content = said(tmp_path, inner)
    assert content["budgets"] == [
        "2024-01-01/2024-12-31: EUR 3000",
        "2024-01-01/2024-12-31: USD 4000",
    ]
    assert content["planned"] == ["2024-01-01/2024-12-31: GBP 5"]


@pytest.mark.parametrize(
    ("code", "standing"),
    [
        ("1", "planned"),
        ("2", "under_way"),
        ("3", "completed"),
        ("4", "completed"),
        ("5", "cancelled"),
        ("6", "suspended"),
    ],
)
def test_status_and_dates(tmp_path: Path, code: str, standing: str) -> None:
    inner = (
        f'<activity-status code="{code}"/><activity-date type="1" iso-date="2024-01-01"/>'
        '<activity-date type="2" iso-date="2024-02-01"/>'
        '<activity-date type="3" iso-date="2025-01-01Z"/>'
    )
    content = said(tmp_path, inner)
    assert content["standing"] == standing
    assert (content["begins"], content["ends"]) == ("2024-02-01", "2025-01-01")


def test_the_first_version_says_the_same_in_its_own_way(tmp_path: Path) -> None:
    old = (
        '<iati-activity xml:lang="en" last-updated-datetime="2013-01-01">'
        "<iati-identifier>XM-1</iati-identifier><title>Old</title>"
        '<title xml:lang="fr">Ancien</title><description>Text</description>'
        '<reporting-org ref="XM">Donor</reporting-org>'
        '<participating-org role="Funding" ref="XM">Donor</participating-org>'
        '<activity-date type="start-actual">2012-04-28</activity-date>'
        '<sector vocabulary="DAC" code="15132">Police</sector></iati-activity>'
    )
    [one], notes = read(tmp_path, old)
    content = published.content(one, WALK, notes)
    assert content is not None
    assert content["title"] == {"en": "Old", "fr": "Ancien"}
    assert content["partners"] == ["reporting: Donor (XM)", "funding: Donor (XM)"]
    assert (content["begins"], content["sectors"]) == ("2012-04-28", ["DAC 15132 Police"])
    assert notes.told() == []


def test_what_is_not_understood_is_counted_with_its_first_line(tmp_path: Path) -> None:
    strange = '<x:own xmlns:x="urn:x"/><budget><value>much</value></budget>'
    _, notes = read(tmp_path, activity(1), activity(2, strange), activity(3, strange))
    assert notes.told() == [
        "element {urn:x}own: 2, first on line 9",
        "value that is no amount: 2, first on line 9",
    ]


def test_a_language_that_is_not_official_is_left_out_and_noted(tmp_path: Path) -> None:
    inner = '<title><narrative xml:lang="de">Titel</narrative></title>'
    [one], notes = read(tmp_path, activity(1, inner))
    content = published.content(one, WALK, notes)
    assert content is not None
    assert "de" not in content["title"]
    assert notes.told() == ["title in the language “de”: 1, first on line 3"]


def test_what_is_too_long_is_shortened_and_noted(tmp_path: Path) -> None:
    inner = f'<title><narrative xml:lang="fr">{"a" * 400}</narrative></title>'
    inner += '<budget><value currency="EUR">1</value></budget>' * (published.MOST + 1)
    [one], notes = read(tmp_path, activity(1, inner))
    content = published.content(one, WALK, notes)
    assert content is not None
    assert len(content["title"]["fr"]) == 300
    assert len(content["budgets"]) == published.MOST
    assert len(notes.told()) == 2


def test_notes_are_bounded() -> None:
    notes = Notes()
    for n in range(MOST + 10):
        notes.note(f"element {n}", n)
    assert len(notes.found) == MOST + 1
    assert Notes.of(notes.found).told()[0].startswith("more things of other kinds: 10")


@pytest.mark.parametrize(
    ("then", "now", "newer"),
    [
        ("2025-01-01T00:00:00+00:00", "2025-01-02T00:00:00+00:00", True),
        ("2025-01-01T00:00:00+00:00", "2025-01-01T00:00:00+00:00", False),
        ("2025-01-02T00:00:00+00:00", "2025-01-01T00:00:00+00:00", False),
        ("", "2025-01-01T00:00:00+00:00", True),
        ("2025-01-01T00:00:00+00:00", "", True),
    ],
)
def test_which_is_newer(then: str, now: str, *, newer: bool) -> None:
    assert published.is_newer({"updated": now}, {"updated": then}) is newer


def test_moments_in_other_zones_are_compared_as_moments(tmp_path: Path) -> None:
    [one], _ = read(tmp_path, activity(1, updated="2025-01-01T01:00:00+05:00"))
    assert one.updated == "2024-12-31T20:00:00+00:00"


def test_what_was_put_right_here_stays_while_the_sectors_do() -> None:
    stands = {"sectors": ["DAC 15132"], "areas": ["police"], "contact": "a@example.org"}
    same = published.over(stands, {"sectors": ["DAC 15132"], "areas": ["customs"]})
    other = published.over(stands, {"sectors": ["DAC 15130"], "areas": ["customs"]})
    assert (same["areas"], other["areas"]) == (["police"], ["customs"])
    assert same["contact"] == other["contact"] == "a@example.org"


def test_what_the_source_no_longer_says_is_gone() -> None:
    assert "ends" not in published.over({"ends": "2025", "sectors": []}, {"sectors": []})


@pytest.mark.skipif(not ANNOTATED.exists(), reason="the standard's example is not on this machine")
def test_the_annotated_example_of_the_standard() -> None:
    notes = Notes()
    [one] = iati.activities(ANNOTATED, notes)
    assert one.identifier == "AA-AAA-123456789-ABC123"
    assert set(one.titles) == {"en", "fr", "es"}
    assert (len(one.countries), len(one.regions), len(one.parties)) == (2, 2, 4)
    assert [m.currency for m in one.budgets + one.planned] == ["EUR"] * 3
    assert notes.found["element result"] == [1, 234]


def test_lines_are_told_beyond_the_sixty_five_thousandth(tmp_path: Path) -> None:
    whole = HEAD + activity(1) + "\n" * 70_000 + activity(2) + TAIL
    file = written(tmp_path, whole=whole)
    first, second = (one.line for one in iati.activities(file, Notes()))
    assert (first, second - 70_007) in {(3, 0), (3, 1)}  # from there on libxml2 may be one off
