"""Lists sorted by a link: the way is said, the address keeps it, nonsense changes nothing."""

import re

import pytest

from clearinghouse.letters.rules.workflow import State as Letters
from tests.committee import Committee
from tests.web.desk import Desk


def heads(page: str) -> dict[str, tuple[str, str]]:
    """By heading: how the list is sorted by it now, and the address of its link."""
    found = re.findall(r'<th scope="col"([^>]*)><a[^>]*href="([^"]*)">([^<]*)</a>', page)
    return {label: (way.partition('"')[2].strip('"'), url) for way, url, label in found}


def rows(page: str) -> list[str]:
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return re.findall(r"<tr>.*?</tr>", body, flags=re.DOTALL)


def links(page: str) -> list[str]:
    return [re.findall(r'href="([^"]+)"', row)[0] for row in rows(page)]


def test_needs_are_sorted_by_a_link_that_turns_round(committee: Committee) -> None:
    for area, title in (("legislation", "Ports"), ("customs", "Archives"), ("police", "Visas")):
        committee.need("XA", area, titles={"en": title})
    desk = Desk(committee, "expert")
    plain = desk.get("desk-needs").content.decode()
    assert heads(plain)["Need"] == ("", "?sort=need")
    up = desk.get("desk-needs", sort="need", state="XA").content.decode()
    said = [re.findall("Ports|Archives|Visas", row)[0] for row in rows(up)]
    assert said == ["Archives", "Ports", "Visas"]
    assert heads(up)["Need"] == ("ascending", "?state=XA&amp;sort=-need")
    assert heads(up)["Subject"] == ("", "?state=XA&amp;sort=subject")
    assert '<input type="hidden" name="sort" value="need">' in up
    down = desk.get("desk-needs", sort="-need", state="XA").content.decode()
    assert links(down) == links(up)[::-1]
    assert heads(down)["Need"][0] == "descending"


@pytest.mark.parametrize("route", ["desk-needs", "desk-letters"])
@pytest.mark.parametrize("asked", ["x", "-", "state__code", "-drafted_by", "\x00", "-need" * 90])
def test_what_no_list_is_sorted_by_leaves_its_own_order(
    committee: Committee, route: str, asked: str
) -> None:
    committee.need("XA", "customs")
    committee.need("XB", "police")
    committee.letter()
    committee.letter(Letters.DISPATCHED)
    desk = Desk(committee, "secretariat")
    plain, odd = desk.get(route), desk.get(route, sort=asked)
    assert odd.status_code == 200
    assert links(odd.content.decode()) == links(plain.content.decode()) != []
    assert "aria-sort" not in odd.content.decode()


def test_letters_are_sorted_and_what_is_blank_comes_last(committee: Committee) -> None:
    draft = committee.letter()
    one, two = (committee.letter(Letters.DISPATCHED, body) for body in ("XA", "XB"))
    desk = Desk(committee, "secretariat")
    for sort, order in (("reference", (one, two)), ("-reference", (two, one))):
        page = desk.get("desk-letters", sort=sort).content.decode()
        found = [url.rstrip("/").rpartition("/")[2] for url in links(page)]
        assert found == [str(each.pk) for each in (*order, draft)]
    by_day = desk.get("desk-letters", sort="-sent", form="note_verbale").content.decode()
    assert str(draft.pk) in links(by_day)[-1]
    assert heads(by_day)["Sent"][0] == "descending"
    assert "form=note_verbale" in heads(by_day)["Form"][1]
