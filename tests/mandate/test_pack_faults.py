"""A broken mandate pack is refused with file, line and reason; a second one stands on the first."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from clearinghouse.mandate.formats.check import check
from clearinghouse.mandate.formats.pack import Fault, Pack, PackRefused, read

SHIPPED = Path(__file__).parents[2] / "src" / "clearinghouse" / "packs" / "un1373"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read(SHIPPED)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped pack, to be broken."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "pack"))


# What is done to the shipped pack: the file, what is replaced, by what, and the reason given.


def line_of(path: Path, text: str) -> int:
    before, found, _ = path.read_text("utf-8").partition(text)
    assert found, f"{path.name} no longer holds {text!r}"
    return before.count("\n") + 1


BROKEN = {
    "JSON cut short": ("areas.json", '"number": 3, ', '"number": , ', "broken JSON: Expecting value"),
    "a number that is none": ("areas.json", '"number": 3', '"number": NaN', "NaN is not a number in JSON"),
    "a record that is no object": ("meetings.json", '{"code": "almaty-2005"', '7,\n{"code": "almaty-2005"', "a record must be an object"),
    "an unknown key": ("states.json", '"iso3": "AND"', '"capital": "x", "iso3": "AND"', "unknown key 'capital'"),
    "a missing key": ("states.json", '"iso3": "AND", ', "", "missing key 'iso3'"),
    "a key twice": ("states.json", '"iso3": "AND"', '"iso3": "AND", "iso3": "ADN"', "the key 'iso3' stands twice"),
    "a key twice inside a record": ("areas.json", '{"en": "Legislation"}', '{"en": "A", "en": "B"}', "the key 'en' stands twice"),
    "a number for a text": ("instruments.json", '"depositary": "IAEA"', '"depositary": 7', "depositary: must be text, not 7"),
    "a text for a flag": ("instruments.json", '"depositary_verified": true', '"depositary_verified": "yes"', "must be true or false, not 'yes'"),
    "a text for a number": ("areas.json", '"number": 3', '"number": "3"', "number: must be a whole number, not '3'"),
    "a number out of bounds": ("pack.json", '"deadline_hour": 15', '"deadline_hour": 24', "24 is not between 0 and 23"),
    "an unknown setting": ("pack.json", '"hold_months"', '"hold_month"', "unknown key 'hold_month'"),
    "an unknown time zone": ("pack.json", "America/New_York", "America/Gotham", "'America/Gotham' is not a time zone"),
    "a path for a time zone": ("pack.json", "America/New_York", "../../etc/passwd", "is not a time zone"),
    "English missing": ("areas.json", '{"en": "Customs', '{"fr": "Customs', "title: English text is missing"),
    "a language that is none": ("areas.json", '{"en": "Customs', '{"tlh": "x", "en": "Customs', "unknown key 'tlh'"),
    "blank text": ("areas.json", '"Other"', '" "', "title: en: must not be blank"),
    "spaces around": ("areas.json", '"Other"', '" Other"', "spaces around ' Other'"),
    "a control character": ("areas.json", '"Other"', '"Ot\\u0000her"', "control character"),
    "half a letter": ("areas.json", '"Other"', '"Ot\\ud800her"', "control character"),
    "text not composed": ("states.json", '"en": "Türkiye"', '"en": "Tu\u0308rkiye"', "not composed (Unicode NFC)"),
    "a code with a space": ("areas.json", '"code": "customs"', '"code": "cus toms"', "'cus toms' is not a code"),
    "a word not in the list": ("obligations.json", '"force": "notes with concern"', '"force": "begs"', "'begs' is not one of decides"),
    "a code twice": ("headings.json", '"code": "recruitment"', '"code": "freezing"', "'freezing' stands already in line 3"),
    "a number twice": ("headings.json", '"number": 10,', '"number": 2,', "'2' stands already in line 3"),
    "a date that is none": ("instruments.json", '"date": "1963"', '"date": "1963-13"', "'1963-13' is not a date: write YYYY"),
    "a day that is none": ("instruments.json", '"date": "2005-07-08"', '"date": "2005-02-30"', "'2005-02-30' is not a date"),
    "digits of another script": ("instruments.json", '"date": "1963"', '"date": "١٩٦٣"', "is not a date"),
    "a standard of no organisation": ("standards.json", '"organisation": "WHO"', '"organisation": "WHOM"', "organisation: there is no organisation 'WHOM'"),
    "an obligation there is not": ("standards.json", '{"obligation": "3(b)"', '{"obligation": "3(z)"', "obligations: there is no obligation '3(z)'"),
    "a standard without obligation": ("standards.json", '[{"obligation": "3(b)", "pinpoint": null}]', "[]", "obligations: must not be empty"),
    "a parent there is not": ("organisations.json", '"parent": "OAS"', '"parent": "AOS"', "parent: there is no organisation 'AOS'"),
    "a State as an organisation": ("organisations.json", '"code": "OIF"', '"code": "FR"', "'FR' is the code of a State"),
    "a member there is not": ("memberships.csv", "\nAMU,DZ,", "\nAMU,ZZ,", "member: there is no State or organisation 'ZZ'"),
    "a role there is not": ("memberships.csv", "\nAMU,DZ,member", "\nAMU,DZ,chief", "role: 'chief' is not one of member"),
    "an end before its beginning": ("memberships.csv", "1973-01-01,2020-01-31", "2021,2020-01-31", "to: 2020-01-31 lies before 2021"),
    "a membership twice": ("memberships.csv", "\nAMU,LY,member", "\nAMU,DZ,member", "'AMU DZ member' stands already in line"),
    "words too long": ("organisations.json", '"acronym": "CoE"', f'"acronym": "{41 * "x"}"', "acronym: 41 characters where 40 fit"),
    "two present roles": ("memberships.csv", "\nAMU,LY,member", "\nAMU,DZ,observer", "role: DZ has a present role in line"),
    "a row too short": ("memberships.csv", "\nAMU,DZ,member,,,", "\nAMU,DZ,member,,", "6 cells where 7 are needed"),
    "an unknown column": ("memberships.csv", "organisation,member,role", "organisation,state,role", "missing column 'member'"),
    "a column too many": ("memberships.csv", "as_of", "as_of,by", "unknown column 'by'"),
    "an open quotation": ("holidays.csv", "New York,2027-12-24,", 'New York,2027-12-24,"', "broken CSV"),
    "a group of no State": ("groups.csv", "\nregion,africa,Africa,DZ", "\nregion,africa,Africa,QQ", "state: there is no State 'QQ'"),
    "a group of two names": ("groups.csv", "\nregion,africa,Africa,AO", "\nregion,africa,Afrique,AO", "name: 'africa' is called 'Africa' elsewhere"),
    "a region there is not": ("states.json", '"region": "europe", "subregion": "southern-europe", "un_groups": ["western', '"region": "eurasia", "subregion": "southern-europe", "un_groups": ["western', "region: there is no region 'eurasia'"),
    "a cross-walk into nothing": ("crosswalks.csv", "\nareas,customs,obligations,4,", "\nareas,customs,obligations,9,", "to_code: there is no '9' among the obligations"),
    "a cross-walk from nothing": ("crosswalks.csv", "\ndac,15132,obligations,2(b)", "\ndac,99,obligations,2(b)", "from_code: there is no '99' among the dac"),
    "a host there is not": ("meetings.json", '"host_organisations": ["CIS"]', '"host_organisations": ["SIC"]', "host_organisations: there is no organisation 'SIC'"),
    "a meeting that ends first": ("meetings.json", '"to": "2005-01-27"', '"to": "2005-01-25"', "to: 2005-01-25 lies before 2005-01-26"),
    "an addressee there is not": ("commitments.json", '["IAEA", "OPCW"', '["IAEA", "OPWC"', "there is no organisation or kind of addressee 'OPWC'"),
    "a meeting there is not": ("commitments.json", '"meeting": "special-2003", "offset": 0', '"meeting": "special-2004", "offset": 0', "timetable: there is no meeting 'special-2004'"),
    "a meeting of another kind": ("commitments.json", '"anchor": "special", "meeting": "special-2003", "offset": 0', '"anchor": "special", "meeting": "almaty-2005", "offset": 0', "'almaty-2005' is a follow-up meeting, not special"),
    "a timetable of no kind": ("commitments.json", '{"kind": "interval"}', '{"kind": "some day"}', "must be an object whose kind is one of meeting"),
    "a timetable with too much": ("commitments.json", '{"kind": "interval"}', '{"kind": "interval", "day": 3}', "timetable: unknown key 'day'"),
    "a holiday on a Saturday": ("holidays.csv", "2026-07-03", "2026-07-04", "2026-07-04 is a Saturday"),
    "a holiday of no day": ("holidays.csv", "2026-07-03", "2026-07", "'2026-07' is not a whole date"),
    "a holiday twice": ("holidays.csv", "2026-12-25", "2026-11-26", "stands already in line 10"),
    "an invented State without its mark": ("states.json", '"code": "AD"', '"code": "XA"', "an illustrative State has a code from XA to XW"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "reason"), BROKEN.values(), ids=BROKEN.keys())
def test_a_fault_is_told_with_file_line_and_reason(
    folder: Path, name: str, old: str, new: str, reason: str
) -> None:
    path = folder / name
    line = line_of(path, old) + (len(old) - len(old.lstrip("\n")))
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(PackRefused, match=f"{name}:{line}: ") as refusal:
        read(folder)
    told = [
        fault.reason for fault in refusal.value.faults if (fault.file, fault.line) == (name, line)
    ]
    assert any(reason in each for each in told), refusal.value


def test_a_parent_above_itself_is_told_of_each_in_the_ring(folder: Path) -> None:
    path = folder / "organisations.json"
    text = path.read_text("utf-8").replace(
        '"acronym": "OAS", "kind": "regional", "parent": null',
        '"acronym": "OAS", "kind": "regional", "parent": "CICTE"',
    )
    path.write_text(text, "utf-8")
    lines = [line_of(path, f'"code": "{code}"') for code in ("OAS", "CICTE")]
    assert [str(fault) for fault in check(folder)] == [
        f"organisations.json:{lines[0]}: parent: 'OAS' would stand above itself",
        f"organisations.json:{lines[1]}: parent: 'CICTE' would stand above itself",
    ]


def test_bytes_that_are_not_utf8_are_told_with_their_line(folder: Path) -> None:
    path = folder / "holidays.csv"
    path.write_bytes(path.read_bytes().replace(b"Labour", b"Lab\xffour", 1))
    assert check(folder) == [Fault("holidays.csv", 9, "not UTF-8 (byte 0xff)")]


def test_a_spreadsheets_byte_order_mark_does_no_harm(folder: Path) -> None:
    path = folder / "holidays.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert check(folder) == []


def test_a_record_over_several_lines_is_found_where_it_begins(folder: Path) -> None:
    path = folder / "areas.json"
    spread = json.dumps(json.loads(path.read_text("utf-8")), indent=1).replace(
        '"number": 2', '"number": 1'
    )
    path.write_text(spread, "utf-8")
    line = spread[: spread.index("drafting")].count("\n") + 2  # the key below the code
    assert check(folder) == [Fault("areas.json", line, "'1' stands already in line 2")]


def test_a_quoted_cell_over_two_lines_moves_the_lines_below(folder: Path) -> None:
    path = folder / "holidays.csv"
    text = path.read_text("utf-8").replace("2026-07-03", "2026-07-04")
    path.write_text(text.replace("New Year's Day,", '"New Year\'s\nDay",', 1), "utf-8")
    lines = [(fault.line, fault.reason[:21]) for fault in check(folder)]
    assert (2, "name: control charact") in lines
    assert (9, "date: 2026-07-04 is a") in lines


def test_all_faults_are_told_at_once_in_order(folder: Path) -> None:
    for name, old, new in (
        ("standards.json", '"organisation": "WHO"', '"organisation": "WHOM"'),
        ("standards.json", '"date": "2004-03"', '"date": "soon"'),
        ("holidays.csv", "2026-07-03", "2026-07-04"),
    ):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    faults = check(folder)
    assert [fault.file for fault in faults] == ["holidays.csv", "standards.json", "standards.json"]
    assert faults == sorted(faults)


@pytest.mark.parametrize(
    "name", ["pack.json", "states.json", "organisations.json", "obligations.json"]
)
def test_a_missing_file_is_one_fault(folder: Path, name: str) -> None:
    (folder / name).unlink()
    faults = [fault for fault in check(folder) if fault.file == name]
    assert faults == [Fault(name, 1, "cannot be read: No such file or directory")]


def test_a_missing_file_is_not_told_again_by_what_refers_to_it(folder: Path) -> None:
    (folder / "organisations.json").unlink()
    assert len(check(folder)) == 1


def test_a_file_mistyped_is_told(folder: Path) -> None:
    (folder / "holidays.csv").rename(folder / "holiday.csv")
    assert check(folder) == [Fault("holiday.csv", 1, "a pack has no file of this name")]


def test_a_missing_folder_is_a_fault(tmp_path: Path) -> None:
    assert check(tmp_path / "nowhere") == [Fault("nowhere", 1, "there is no such folder")]


def test_a_file_for_a_folder_is_a_fault() -> None:
    assert [fault.file for fault in check(SHIPPED / "pack.json")] == ["pack.json"]


def test_a_folder_for_a_file_is_a_fault(folder: Path) -> None:
    (folder / "holidays.csv").unlink()
    (folder / "holidays.csv").mkdir()
    assert check(folder) == [Fault("holidays.csv", 1, "cannot be read: Is a directory")]


def test_json_nested_beyond_reason_is_a_fault(folder: Path) -> None:
    (folder / "areas.json").write_text("[" * 200_000, "utf-8")
    assert [fault.file for fault in check(folder)] == ["areas.json"]


# --- a pack that builds on another


STATE: dict[str, object] = {
    "code": "XA", "iso3": "XAA", "names": {"en": "Arcadia (illustrative)"}, "region": "europe",
    "subregion": None, "un_groups": [], "note": None, "illustrative": True, "provider": True,
}  # fmt: skip
BODY: dict[str, object] = {
    "code": "XRO", "names": {"en": "Regional Organisation (illustrative)"}, "acronym": None,
    "kind": "regional", "parent": None, "illustrative": True,
}  # fmt: skip
HEAD = "organisation,member,role,from,to,source,as_of\n"


def second(folder: Path, changes: dict[str, object] | None = None, member: str = "XRO,XA") -> Path:
    """A small pack of invented bodies that refers to the shipped one."""
    folder.mkdir()
    (folder / "pack.json").write_text('{"code": "second", "title": {"en": "Second"}}', "utf-8")
    (folder / "states.json").write_text(json.dumps([STATE | (changes or {})]), "utf-8")
    (folder / "organisations.json").write_text(json.dumps([BODY]), "utf-8")
    (folder / "memberships.csv").write_text(
        f"{HEAD}{member},member,,,illustrative,2026\n", "utf-8"
    )
    return folder


def test_a_second_pack_holds_its_own_and_stands_on_the_first(pack: Pack, tmp_path: Path) -> None:
    upper = read(second(tmp_path / "b"), base=pack)
    assert [(s.code, s.illustrative, s.provider) for s in upper.states] == [("XA", True, True)]
    assert upper.obligations == ()
    assert upper.base is pack
    assert upper.about.code == "second"
    assert upper.about.time_zone == "America/New_York"


def test_a_second_pack_alone_lacks_what_it_stands_on(tmp_path: Path) -> None:
    files = {fault.file for fault in check(second(tmp_path / "b"))}
    assert {"pack.json", "obligations.json", "areas.json", "states.json"} <= files


def test_a_second_pack_may_have_no_page_of_its_own(pack: Pack, tmp_path: Path) -> None:
    folder = second(tmp_path / "b")
    (folder / "pack.json").unlink()
    assert read(folder, base=pack).about == pack.about


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"code": "FR"}, "code: the pack below already has 'FR'"),
        ({"region": "atlantis"}, "region: there is no region 'atlantis'"),
        ({"illustrative": False}, "an illustrative State has a code from XA to XW"),
        ({"code": "XK"}, "an illustrative State has a code from XA to XW"),
        ({"illustrative": "yes"}, "illustrative: must be true or false, not 'yes'"),
    ],
)
def test_a_second_packs_faults(
    pack: Pack, tmp_path: Path, changes: dict[str, object], reason: str
) -> None:
    faults = check(second(tmp_path / "b", changes), base=pack)
    assert any(
        reason in fault.reason and str(fault).startswith("states.json:1: ") for fault in faults
    )


@pytest.mark.parametrize("member", ["XRO,FR", "EU,XA"])
def test_the_invented_and_the_real_do_not_mix(pack: Pack, tmp_path: Path, member: str) -> None:
    (fault,) = check(second(tmp_path / "b", member=member), base=pack)
    assert (fault.file, fault.line) == ("memberships.csv", 2)
    assert "one is invented, the other is real" in fault.reason


LETTER: dict[str, Any] = {
    "code": "note-x", "form": "note_verbale", "purpose": "notice", "title": {"en": "X"},
    "fields": [{"name": "matter", "kind": "text", "label": {"en": "Matter"}}],
}  # fmt: skip
WORDED = {
    "template": "note-x", "language": "en", "address": ["{addressee}"], "subject": None,
    "opening": "To the {addressee} on {matter}", "paragraphs": ["One."], "closing": "C.",
}  # fmt: skip
# fmt: off
LETTER_FAULTS = {
    "unknown field":    (LETTER, [WORDED | {"paragraphs": ["One.", "Two {x}."]}], "letter_wordings.json:2: paragraphs: paragraph 2: there is no field {x}"),
    "stray brace":      (LETTER, [WORDED | {"closing": "C. {"}],  "letter_wordings.json:2: closing: a brace that belongs to no field, in 'C. {'"),
    "no addressee":     (LETTER, [WORDED | {"opening": "To all on {matter}"}], "letter_wordings.json:2: opening: a note verbale names its {addressee}"),
    "a subject":        (LETTER, [WORDED | {"subject": "S"}],     "letter_wordings.json:2: subject: a note verbale bears none"),
    "no subject":       (LETTER | {"form": "letter"}, [WORDED],   "letter_wordings.json:2: subject: a letter bears one"),
    "no English":       (LETTER, [WORDED | {"language": "fr"}],   "letters.json:2: code: 'note-x' has no English text"),
    "no such template": (LETTER, [WORDED, WORDED | {"template": "y"}], "letter_wordings.json:3: template: there is no template 'y'"),
    "twice":            (LETTER, [WORDED, WORDED],                "letter_wordings.json:3: 'note-x en' stands already in line 2"),
    "unused field":     (LETTER, [WORDED | {"opening": "To the {addressee}"}], "letters.json:2: fields: no text uses 'matter'"),
    "a field of ours":  (LETTER | {"fields": [*LETTER["fields"], {"name": "body", "kind": "text", "label": {"en": "B"}}]}, [WORDED | {"closing": "{body}"}], "letters.json:2: fields: 'body' is filled by the house"),
    "an unknown form":  (LETTER | {"form": "telegram"}, [WORDED], "letters.json:2: form: 'telegram' is not one of note_verbale, letter"),
}
# fmt: on


@pytest.mark.parametrize("name", LETTER_FAULTS)
def test_a_faulty_letter_is_named_with_file_and_line(
    tmp_path: Path, pack: Pack, name: str
) -> None:
    template, worded, fault = LETTER_FAULTS[name]
    rows = {"letters.json": [template], "letter_wordings.json": worded}
    for file, some in rows.items():
        lines = ",\n".join(json.dumps(row) for row in some)
        (tmp_path / file).write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    about = {"code": "second", "title": {"en": "Second"}}
    (tmp_path / "pack.json").write_text(json.dumps(about), encoding="utf-8")
    assert fault in [str(found) for found in check(tmp_path, pack)]


def test_the_good_letter_has_no_fault(tmp_path: Path, pack: Pack) -> None:
    (tmp_path / "pack.json").write_text('{"code": "s", "title": {"en": "S"}}', encoding="utf-8")
    (tmp_path / "letters.json").write_text(json.dumps([LETTER]), encoding="utf-8")
    (tmp_path / "letter_wordings.json").write_text(json.dumps([WORDED]), encoding="utf-8")
    styles = "body,language,name\nFR,fr,Mission\nZZ,en,Nobody\n"
    (tmp_path / "styles.csv").write_text(styles, encoding="utf-8")
    found = [str(fault) for fault in check(tmp_path, pack)]
    assert found == ["styles.csv:3: body: there is no State or organisation 'ZZ'"]
