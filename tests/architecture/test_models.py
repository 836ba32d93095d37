"""What every table must keep to, in every room."""

import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.db import models

from clearinghouse.access.scoping import ScopedQuerySet
from clearinghouse.ledger.models import OpenQuerySet, Recorded, Sealed

OURS = [m for m in apps.get_models() if m.__module__.startswith("clearinghouse.")]
CLOSED = [
    m
    for m in OURS
    if isinstance(m._default_manager.none(), ScopedQuerySet)
    and not isinstance(m._default_manager.none(), OpenQuerySet)
]
POINTERS = [
    (m, f)
    for m in OURS
    for f in m._meta.get_fields()
    if isinstance(f, models.ForeignKey | models.ManyToManyField)
]
SCOPED = {
    "batches.batch",
    "batches.errand",
    "batches.reading",
    "batches.row",
    "batches.trust",
    "circulars.clearance",
    "circulars.frozenneed",
    "circulars.issue",
    "circulars.recipient",
    "circulars.rendition",
    "directory.bearing",
    "directory.entry",
    "files.storedfile",
    "intake.item",
    "ledger.entry",
    "ledger.leaves",
    "letters.batch",
    "letters.letter",
    "letters.reply",
    "meetings.calendarkey",
    "meetings.meetingdocument",
    "meetings.moveddate",
    "meetings.participant",
    "meetings.recount",
    "needs.namedprovider",
    "needs.need",
    "needs.needbearing",
    "notices.fence",
    "notices.notice",
    "notices.release",
    "outreach.asked",
    "outreach.exchange",
    "outreach.invitation",
    "outreach.participation",
    "outreach.terms",
    "people.person",
    "people.proposal",
    "people.seat",
    "people.token",
    "plan.commitment",
    "search.indexed",
    "search.mark",
    "standards.standard",
    "submissions.copy",
    "submissions.submission",
}
PUBLIC_BY_POLICY = {"standards.standard"}  # its policy shows it to everybody
OUTSIDE_THE_RECORD = {
    "batches.reading": "how far a file has been read; ends where its batch is recorded",
    "batches.row": "made from the batch's file, whose hash is in the record",
    "batches.errand": "how far the clock is with a batch: what was asked of it is in the record",
    "ledger.entry": "is the record",
    "ledger.leaves": "is the record",
    "ledger.head": "is the record",
    "people.account": "credentials: the sign-in library writes here",
    "people.signins": "figures of attempts: counts what strangers do, names nobody",
    "notices.notice": "the outbox: references, written with their cause",
    "notices.fence": "raised by a restore, whose record is to end where the backup's did",
    "directory.bearing": "made again from the content of its entry, to find it by",
    "search.indexed": "the index: made again from what is recorded",
    "search.mark": "the index",
}
OF_LIBRARIES = {
    "account.emailaddress",  # of the sign-in library; holds nothing of ours
    "account.emailconfirmation",
    "auth.group",
    "auth.permission",
    "contenttypes.contenttype",
    "mfa.authenticator",  # second factors, their secrets sealed
    "sessions.session",
    "socialaccount.socialaccount",  # an identity provider's: nothing is kept in these
    "socialaccount.socialapp",
    "socialaccount.socialtoken",
    "usersessions.usersession",  # where an account is signed in
}


def labels(some: list[type[models.Model]]) -> set[str]:
    return {m._meta.label_lower for m in some}


def test_what_is_confidential_is_scoped() -> None:
    assert labels(CLOSED) == SCOPED


def test_what_is_outside_the_record_is_named() -> None:
    outside = [m for m in OURS if not issubclass(m, Recorded)]
    assert labels(outside) == set(OUTSIDE_THE_RECORD)
    foreign = [m for m in apps.get_models() if m not in OURS]
    assert labels(foreign) == OF_LIBRARIES


def test_what_is_recorded_is_sealed_and_asks_who_is_asking() -> None:
    for model in OURS:
        if issubclass(model, Sealed):
            assert isinstance(model._default_manager.none(), ScopedQuerySet), model.__name__


def test_tables_hide_their_reverse_relations() -> None:
    for model, field in POINTERS:
        if model in CLOSED or issubclass(model, Recorded):
            where = f"{model.__name__}.{field.name}"
            assert field.remote_field.hidden, f"{where} needs related_name='+'"


def test_no_pointer_leads_from_an_open_table_into_a_closed_one() -> None:
    closed = [m for m in CLOSED if m._meta.label_lower not in PUBLIC_BY_POLICY]
    for model, field in POINTERS:
        inward = model not in CLOSED and field.related_model in closed
        credentials = model._meta.label_lower == "people.account"  # read by the sign-in alone
        assert not inward or credentials, f"{model.__name__}.{field.name}"


def test_nothing_is_destroyed_by_destroying_something_else() -> None:
    for model, field in POINTERS:
        if isinstance(field, models.ForeignKey) and issubclass(model, Recorded):
            rule = field.remote_field.on_delete
            assert rule is models.PROTECT, f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_models_and_migrations_are_in_step(seed: str) -> None:
    """Under several seeds: a constraint made from a set would differ from process to process."""
    command = [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"]
    place = {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed}
    env = os.environ | place | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.stdout == "No changes detected\n", done.stderr
