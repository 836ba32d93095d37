"""An organisation's standard, from the empty form to the public register."""

from tests.browser.conftest import Arrive


def test_submitted_returned_corrected_listed_and_found(arrive: Arrive) -> None:
    author = arrive("focal-xio")
    office = arrive("secretariat")
    author.press("Submit a standard").press("Submit")
    assert author.sees("What it is in law: This field is needed.")
    author.page.get_by_role("link", name="Title: This field is needed.").click()
    led_to = author.page.locator("input:target")
    assert led_to.get_attribute("name") == "title-en", "the fault leads to its field"

    author.write("English", "Code for tallying seals at sea")
    author.choose("What it is in law", "code").tick("2(g)").write("Edition", "2nd")
    author.press("Submit")
    assert author.sees("Submitted")

    office.open("desk/").press_beside("Code for tallying seals at sea")
    office.press("Take it up")
    office.unfold("Return it with remarks").write("Title", "Say whose code it is.")
    office.press("Return it to its author")

    author.open("desk/").press_beside("Code for tallying seals at sea")
    assert author.sees("Say whose code it is.")
    author.press("Go on writing").write("English", "Ports' code for tallying seals at sea")
    author.press("Submit")

    office.open("desk/").press_beside("Ports' code for tallying seals at sea")
    office.press("Take it up").press("List it")

    reader = arrive()
    reader.open().write("Search standards", "tallying seals").press("Search")
    reader.follow("Ports' code for tallying seals at sea")
    assert reader.sees("2nd")
    assert reader.sees("2(g)")
    assert not reader.sees("Say whose code it is.")
