"""Who may see a need: the table of consents, and what counts as letting anybody see more."""

from itertools import pairwise, product

import pytest

from clearinghouse.needs.rules import (
    ALWAYS,
    ENDED,
    LIVE,
    ORDER,
    SETTLED,
    Consent,
    Reader,
    Status,
    readers,
    widens,
)

WHO = (Reader.SERVING, Reader.OWN, Reader.MEMBER, Reader.NAMED, Reader.PROVIDER, Reader.ANYONE)
# fmt: off
CONFIRMED = {
    #                   serving own  member named provider anyone
    Consent.NONE:      "yes     yes  -      -     -        -",
    Consent.COMMITTEE: "yes     yes  yes    -     -        -",
    Consent.NAMED:     "yes     yes  yes    yes   -        -",
    Consent.PROVIDERS: "yes     yes  yes    yes   yes      -",
    Consent.PUBLIC:    "yes     yes  yes    yes   yes      yes",
}
UNCONFIRMED = {
    Consent.NONE:      "yes     yes  -      -     -        -",
    Consent.COMMITTEE: "yes     yes  yes    -     -        -",
    Consent.NAMED:     "yes     yes  yes    -     -        -",
    Consent.PROVIDERS: "yes     yes  yes    -     -        -",
    Consent.PUBLIC:    "yes     yes  yes    -     -        -",
}
WIDENS = {
    # from             none committee named providers public
    Consent.NONE:      "-   yes       yes   yes       yes",
    Consent.COMMITTEE: "-   -         yes   yes       yes",
    Consent.NAMED:     "-   -         -     yes       yes",
    Consent.PROVIDERS: "-   -         -     -         yes",
    Consent.PUBLIC:    "-   -         -     -         -",
}
# fmt: on


def in_words(seen: frozenset[Reader]) -> str:
    return " ".join("yes" if reader in seen else "-" for reader in WHO)


@pytest.mark.parametrize("consent", Consent)
@pytest.mark.parametrize("status", sorted(SETTLED))
def test_a_confirmed_need_is_seen_at_its_consent(consent: Consent, status: Status) -> None:
    seen = readers(consent, status)
    assert in_words(seen) == " ".join(CONFIRMED[consent].split())
    assert Reader.DRAFTER not in seen


@pytest.mark.parametrize("consent", Consent)
def test_an_unconfirmed_need_never_leaves_the_committee(consent: Consent) -> None:
    seen = readers(consent, Status.IDENTIFIED)
    assert in_words(seen) == " ".join(UNCONFIRMED[consent].split())
    assert Reader.DRAFTER in seen


def test_the_state_and_those_who_serve_always_see() -> None:
    assert all(readers(c, s) >= ALWAYS for c, s in product(Consent, Status))


def test_a_wider_consent_shows_it_to_more() -> None:
    for narrow, wide in pairwise(ORDER):
        assert readers(narrow, Status.CONFIRMED) < readers(wide, Status.CONFIRMED)


@pytest.mark.parametrize(("before", "after"), list(product(Consent, Consent)))
def test_what_widens(before: Consent, after: Consent) -> None:
    wanted = WIDENS[before].split()[ORDER.index(after)] == "yes"
    assert widens(before, after, added=False) is wanted


@pytest.mark.parametrize(("before", "after"), list(product(Consent, Consent)))
def test_a_provider_named_anew_widens_only_where_the_rest_stays(
    before: Consent, after: Consent
) -> None:
    assert widens(before, after, added=True) is (
        widens(before, after, added=False) or before == after == Consent.NAMED
    )


def test_whatever_lets_somebody_see_more_is_called_widening() -> None:
    """Held against the table itself: no wider audience goes under the name of narrowing."""
    for before, after in product(Consent, Consent):
        more = readers(after, Status.CONFIRMED) - readers(before, Status.CONFIRMED)
        assert widens(before, after, added=False) or not more, (before, after)


def test_a_need_is_live_or_ended_or_new() -> None:
    assert LIVE | ENDED | {Status.NEW} == set(Status)
    assert {s.value for s in ENDED} == {"closed", "lapsed", "withdrawn"}
    assert set(LIVE) - SETTLED == {Status.IDENTIFIED}
