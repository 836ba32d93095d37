"""The matrix, the search and the renditions start from one table of consents: they cannot disagree."""

from itertools import product
from uuid import UUID

import pytest

from clearinghouse.access.actor import Actor, Role
from clearinghouse.circulars.queries import rendition
from clearinghouse.circulars.queries.cutting import Cutter
from clearinghouse.circulars.rules import Audience, Sight, audiences_of
from clearinghouse.circulars.rules import State as Issuing
from clearinghouse.needs import actions as needs
from clearinghouse.needs.models import Need
from clearinghouse.needs.queries import needs_for
from clearinghouse.needs.rules import Consent, Origin, Status
from clearinghouse.search.queries import find
from tests.committee import CAST, Committee


def every_need(committee: Committee) -> list[Need]:
    """One of XA's at each consent, confirmed, and one drafted by the regional body for it."""
    drafter = committee.body("XRO")
    made = []
    for consent in Consent:
        named = ["XC"] if consent == Consent.NAMED else []
        made.append(committee.need(consent=consent, named=named))
        made.append(
            committee.need(
                consent=consent, named=named, origin=Origin.REGIONAL_BODY, drafted_by=drafter
            )
        )
    return made


def seen(actor: Actor) -> set[UUID]:
    return {need.pk for need in needs_for(actor)}


def found(actor: Actor) -> set[UUID]:
    return {UUID(thing.reference) for thing in find(actor, "legislation")}


def handed_out(actor: Actor, cutter: Cutter) -> set[UUID]:
    """What the renditions of all the actor's audiences hold together."""
    return {row.need for audience in audiences_of(actor) for row in cutter.visible(audience)}


def drafted_by(actor: Actor, made: list[Need]) -> set[UUID]:
    """What a regional body sees because it drafted it: no part of an issue for anybody."""
    bodies = actor.bodies_as(Role.FOCAL_POINT)
    return {n.pk for n in made if n.drafted_by_id in bodies and n.status == Status.IDENTIFIED}


def test_the_cast_is_told_apart(committee: Committee) -> None:
    """The agreement below is worth something only if the answers differ."""
    every_need(committee)
    answers = {name: len(seen(committee.actor(name))) for name in CAST}
    assert answers == {
        **dict.fromkeys(("public", "nobody", "auditor", "administrator", "mission_xb"), 1),
        **dict.fromkeys(("focal_xio", "alternate_xio"), 2),
        **dict.fromkeys(("chair", "member_xb"), 8),
        **dict.fromkeys(("mission_xa", "capital_xa", "expert"), 10),
        **dict.fromkeys(("secretariat", "secretariat_2"), 10),
        "focal_xro": 6,
        "mission_xc": 3,
    }


def test_search_finds_what_is_seen(committee: Committee) -> None:
    every_need(committee)
    for name in CAST:
        actor = committee.actor(name)
        assert found(actor) == seen(actor), name


def test_renditions_hold_what_is_seen(committee: Committee) -> None:
    made = every_need(committee)
    cutter = Cutter(committee.issue())
    for name in CAST:
        actor = committee.actor(name)
        assert handed_out(actor, cutter) == seen(actor) - drafted_by(actor, made), name


@pytest.mark.parametrize(("before", "after"), list(product(Consent, Consent)))
def test_search_follows_a_change_of_consent_at_once(
    committee: Committee, before: Consent, after: Consent
) -> None:
    need = committee.need(consent=before, named=["XC"] if before == Consent.NAMED else [])
    providers = [committee.body("XIO")] if after == Consent.NAMED else []
    sharing = needs.Sharing(consent=after, providers=providers)
    needs.share(need, sharing, by=committee.actor("mission_xa"), now=committee.now)
    for name in CAST:
        actor = committee.actor(name)
        assert found(actor) == seen(actor), name
    assert bool(found(committee.actor("focal_xio"))) is (after in {"named", "providers", "public"})


def test_search_follows_confirmation_and_withdrawal(committee: Committee) -> None:
    need = committee.need(consent=Consent.PUBLIC, origin=Origin.EXPERT)
    assert found(committee.actor("public")) == set()
    mission = committee.actor("mission_xa")
    needs.confirm(need, by=mission, now=committee.now)
    assert found(committee.actor("public")) == {need.pk}
    needs.withdraw(need, by=mission, now=committee.now)
    assert all(found(committee.actor(name)) == set() for name in CAST)


def test_a_later_copy_is_held_to_the_consent_of_today(committee: Committee) -> None:
    need = committee.need(consent=Consent.PROVIDERS)
    issue = committee.issue()
    provider = audiences_of(committee.actor("focal_xio"))[0]
    whole = rendition.copy_for(issue, provider)
    assert ([row["id"] for row in whole.rows], whole.reduced) == ([str(need.pk)], False)
    narrower = needs.Sharing(consent=Consent.COMMITTEE)
    needs.share(need, narrower, by=committee.actor("capital_xa"), now=committee.now)
    later = rendition.copy_for(issue, provider)
    assert (later.rows, later.reduced, later.hash) == ([], True, whole.hash)
    for name in CAST:
        actor = committee.actor(name)
        copies = [rendition.copy_for(issue, a) for a in audiences_of(actor)]
        assert {UUID(row["id"]) for copy in copies for row in copy.rows} == seen(actor), name


def test_a_row_nobody_else_may_see_changes_nobody_elses_rendition(committee: Committee) -> None:
    """Two worlds, one with a secret more: the same bytes, so the same hash, for every other reader."""
    committee.need(consent=Consent.PUBLIC)
    draft = committee.issue(state=Issuing.DRAFT)
    one = Cutter(draft)
    secret = committee.need(area="customs", consent=Consent.NONE)
    two = Cutter(draft)
    own = str(secret.state_id)
    for audience in (
        Audience(Sight.PUBLIC),
        Audience(Sight.MEMBER),
        *(Audience(Sight.BODY, str(committee.body(c).pk), provider=True) for c in ("XC", "XIO")),
    ):
        assert one.seal(audience, b"", "") == two.seal(audience, b"", ""), audience.key
    for audience in (Audience(Sight.FULL), Audience(Sight.BODY, own)):
        assert one.seal(audience, b"", "") != two.seal(audience, b"", ""), audience.key


def test_rank_and_consent_are_shown_with_the_whole_list_alone(committee: Committee) -> None:
    committee.need(consent=Consent.PUBLIC, rank=1)
    issue = committee.issue()
    for name in CAST:
        audience = audiences_of(committee.actor(name))[0]
        (row,) = rendition.copy_for(issue, audience).rows
        whole = name in {"mission_xa", "capital_xa", "expert", "secretariat", "secretariat_2"}
        assert ("rank" in row, "consent" in row, "named" in row) == (whole, whole, whole), name
