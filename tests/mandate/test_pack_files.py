"""The shipped mandate pack is sound, and the known errors of its sources are corrected."""

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from clearinghouse.kernel import partial_date
from clearinghouse.mandate.formats.check import check
from clearinghouse.mandate.formats.pack import Membership, Pack, read

SHIPPED = Path(__file__).parents[2] / "src" / "clearinghouse" / "packs" / "un1373"
SIX = {"ar", "en", "es", "fr", "ru", "zh"}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read(SHIPPED)


def present(pack: Pack, organisation: str) -> dict[str, Membership]:
    rows = (m for m in pack.memberships if m.organisation == organisation and m.until is None)
    return {row.member: row for row in rows}


def members(pack: Pack, organisation: str) -> set[str]:
    """Its present members; a suspended one is still a member."""
    rows = present(pack, organisation).items()
    return {body for body, row in rows if row.role in {"member", "suspended"}}


# --- the shipped pack


def test_the_shipped_pack_has_no_fault() -> None:
    assert check(SHIPPED) == []


@pytest.mark.parametrize(
    ("part", "count"),
    [
        ("obligations", 20),
        ("areas", 11),
        ("headings", 25),
        ("purposes", 333),
        ("dac_bodies", 299),
        ("instruments", 19),
        ("standards", 34),
        ("organisations", 77),
        ("states", 193),
        ("meetings", 5),
        ("commitments", 22),
        ("holidays", 20),
    ],
)
def test_how_many_records_the_pack_has(pack: Pack, part: str, count: int) -> None:
    assert len(getattr(pack, part)) == count


def test_twelve_instruments_stood_in_march_2003(pack: Pack) -> None:
    assert sum(each.date < "2004" for each in pack.instruments) == 12
    assert [each.number for each in pack.instruments] == list(range(1, 20))


def test_nothing_invented_about_standards(pack: Pack) -> None:
    assert all(link.pinpoint is None for each in pack.standards for link in each.obligations)
    assert all(each.edition is None for each in pack.standards)
    by_code = {each.code: each for each in pack.standards}
    assert by_code["icao-annex-9"].date is None
    assert by_code["fatf-special-recommendations"].date == "2001-10-30"
    assert by_code["fatf-forty-recommendations-2003"].date == "2003-06"


def test_every_state_has_six_names_and_no_two_share_one(pack: Pack) -> None:
    assert all(set(state.names) == SIX for state in pack.states)
    for language in SIX:
        assert len({state.names[language] for state in pack.states}) == 193


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("BO", "en", "Bolivia (Plurinational State of)"),
        ("TR", "en", "Türkiye"),
        ("VN", "en", "Viet Nam"),
        ("CI", "en", "Côte d'Ivoire"),
        ("KP", "en", "Democratic People's Republic of Korea"),
        ("NL", "en", "Netherlands (Kingdom of the)"),
        ("GB", "en", "United Kingdom of Great Britain and Northern Ireland"),
        ("CV", "en", "Cabo Verde"),
        ("TZ", "fr", "République-Unie de Tanzanie"),
        ("BY", "fr", "Bélarus"),
        ("NZ", "es", "Nueva Zelandia"),
        ("RU", "ru", "Российская Федерация"),
        ("KR", "zh", "大韩民国"),
        ("SY", "ar", "الجمهورية العربية السورية"),
    ],
)
def test_states_are_named_as_the_united_nations_names_them(
    pack: Pack, code: str, language: str, name: str
) -> None:
    assert {state.code: state for state in pack.states}[code].names[language] == name


def test_names_are_written_in_their_own_script(pack: Pack) -> None:
    scripts = {
        "ru": "CYRILLIC",
        "zh": "CJK",
        "ar": "ARABIC",
        "en": "LATIN",
        "fr": "LATIN",
        "es": "LATIN",
    }
    for state in pack.states:
        for language, script in scripts.items():
            letters = [c for c in state.names[language] if unicodedata.category(c).startswith("L")]
            assert all(unicodedata.name(c).startswith(script) for c in letters), state.code


# --- groups


def test_the_groups_cover_the_states(pack: Pack) -> None:
    sizes = Counter((row.kind, row.code) for row in pack.groups)
    assert [sizes["subcommittee", f"subcommittee-{x}"] for x in "abc"] == [65, 64, 64]
    assert sum(n for (kind, _), n in sizes.items() if kind == "region") == 193
    assert sum(n for (kind, _), n in sizes.items() if kind == "subregion") == 193
    assert sizes["un_group", "african-states"] == 54
    assert sizes["un_group", "eastern-european-states"] == 23
    assert sizes["un_group", "latin-american-and-caribbean-states"] == 33


def test_turkiye_is_in_two_groups_and_says_why(pack: Pack) -> None:
    rows = [row for row in pack.groups if row.kind == "un_group" and row.state == "TR"]
    assert {row.code for row in rows} == {
        "asia-pacific-states",
        "western-european-and-other-states",
    }
    assert all(row.note for row in rows)


def test_a_states_own_page_and_the_groups_agree(pack: Pack) -> None:
    listed = {(row.kind, row.code, row.state) for row in pack.groups if row.kind != "subcommittee"}
    said = {("region", s.region, s.code) for s in pack.states}
    said |= {("subregion", s.subregion, s.code) for s in pack.states}
    said |= {("un_group", group, s.code) for s in pack.states for group in s.un_groups}
    assert said == listed


# --- memberships: the corrections hold


@pytest.mark.parametrize(
    ("organisation", "body"),
    [
        ("EU", "GB"),
        ("COE", "RU"),
        ("OAS", "NI"),
        ("ECOWAS", "BF"),
        ("ECOWAS", "ML"),
        ("ECOWAS", "NE"),
        ("CIS", "UA"),
    ],
)
def test_an_ended_membership_keeps_a_row_with_its_end(
    pack: Pack, organisation: str, body: str
) -> None:
    assert body not in present(pack, organisation)
    rows = [m for m in pack.memberships if (m.organisation, m.member) == (organisation, body)]
    assert [row.until is not None and row.as_of == row.until for row in rows] == [True]
    assert "Factbook" not in rows[0].source


@pytest.mark.parametrize(
    ("organisation", "bodies"),
    [
        ("AFRICAN-UNION", "GN"),
        ("ECOWAS", "GN"),
        ("OPCW", "AO MM"),
        ("ICAO", "DM TV"),
        ("SADC", "KM"),
        ("SCO", "IN IR BY"),
        ("COMMONWEALTH", "GA GM GD MU RW TG"),
        ("BSEC", "MK"),
    ],
)
def test_a_missing_member_is_added_with_its_source(
    pack: Pack, organisation: str, bodies: str
) -> None:
    now = present(pack, organisation)
    for body in bodies.split():
        assert now[body].role == "member"
        assert now[body].since
        assert "Factbook (public domain)" not in now[body].source


@pytest.mark.parametrize(
    ("organisation", "count"),
    [
        ("EU", 27),
        ("COE", 46),
        ("AFRICAN-UNION", 54),  # and one member that is no State of this list
        ("ECOWAS", 12),
        ("SADC", 16),
        ("OAS", 34),
        ("COMMONWEALTH", 56),
        ("SCO", 10),
        ("BSEC", 13),
        ("CEMAC", 6),
        ("NATO", 32),
        ("OSCE", 56),  # and the Holy See
        ("ICAO", 192),  # and the Cook Islands; Liechtenstein is none
        ("OPCW", 189),
        ("FATF", 39),  # and Hong Kong, China
    ],
)
def test_how_many_present_members(pack: Pack, organisation: str, count: int) -> None:
    assert len(members(pack, organisation)) == count


def test_a_suspended_state_stays_suspended(pack: Pack) -> None:
    assert present(pack, "AFRICAN-UNION")["SD"].role == "suspended"


def test_every_membership_says_where_it_comes_from_and_of_when(pack: Pack) -> None:
    assert all(row.source and partial_date.earliest(row.as_of) for row in pack.memberships)


# --- meetings, commitments, calendar


def test_the_meetings_stand_with_what_is_known_of_their_dates(pack: Pack) -> None:
    assert [(m.code, m.starts, m.ends) for m in pack.meetings] == [
        ("special-2003", "2003-03-06", "2003-03-06"),
        ("washington-2003", "2003-10-06", None),
        ("vienna-2004", "2004-03-11", "2004-03-12"),
        ("almaty-2005", "2005-01-26", "2005-01-27"),
        ("nairobi-2007", "2007-10-29", "2007-10-31"),
    ]


def test_commitments_hang_on_meetings_not_on_dates(pack: Pack) -> None:
    assert {each.adoption for each in pack.commitments} == {"proposed"}
    by_number = {each.number: each.timetable for each in pack.commitments}
    assert (by_number[17].meeting, by_number[17].offset, by_number[17].unit) == (
        "special-2003",
        6,
        "months",
    )
    assert (by_number[1].meeting, by_number[1].offset) == ("washington-2003", 0)
    assert (by_number[19].kind, by_number[19].day) == ("monthly", 1)
    assert by_number[7].kind == "by_decision"
    kinds = Counter(timetable.kind for timetable in by_number.values())
    assert kinds == {"meeting": 17, "continuing": 2, "monthly": 1, "interval": 1, "by_decision": 1}


def test_ten_official_holidays_a_year_all_on_working_days(pack: Pack) -> None:
    assert Counter(day.date.year for day in pack.holidays) == {2026: 10, 2027: 10}
    assert all(day.date.weekday() < 5 for day in pack.holidays)
    assert all("to be checked" in day.source for day in pack.holidays)


def test_the_periods_are_those_of_the_procedures(pack: Pack) -> None:
    settings = pack.about.settings
    assert settings["draft_opens_working_days"] == 5
    assert settings["row_proofs_working_days"] == 10
    assert (settings["stale_warning_months"], settings["stale_after_months"]) == (11, 12)
    assert settings["reminder_days"] == (30, 7, 1)
    assert (
        pack.about.blank_note["en"]
        == "Blank: nothing you may see is recorded; it does not mean no need."
    )


def test_every_area_and_heading_leads_to_an_obligation(pack: Pack) -> None:
    walks = {
        (w.from_vocabulary, w.from_code)
        for w in pack.crosswalks
        if w.to_vocabulary == "obligations"
    }
    assert walks >= {("areas", area.code) for area in pack.areas}
    assert walks >= {("headings", heading.code) for heading in pack.headings}
    assert {w.source for w in pack.crosswalks} == {"our proposal, editable"}
