"""Everything that reads what stands about meetings, and whom a meeting concerns."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from clearinghouse.access.actor import Actor, Role
from clearinghouse.access.errors import Unseen
from clearinghouse.files import queries as files
from clearinghouse.files.models import StoredFile
from clearinghouse.mandate.models import Holiday, Meeting
from clearinghouse.meetings import policy
from clearinghouse.meetings.models import (
    AgendaItem,
    CalendarKey,
    DocumentQuerySet,
    MeetingDocument,
    MovedDate,
    Participant,
    ParticipantQuerySet,
)
from clearinghouse.meetings.rules import Answer, Step, When, hash_of


def steps_open_to(actor: Actor, thing: Meeting | Holiday | Participant) -> set[Step]:
    return policy.steps_open_to(actor, thing)


def when_of(meeting: Meeting) -> When:
    """Its days and hours as they stand."""
    return When(
        starts=meeting.starts,
        ends=meeting.ends,
        opens=meeting.opens,
        closes=meeting.closes,
        time_zone=meeting.time_zone,
    )


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    return list(AgendaItem.objects.filter(meeting=meeting))


def agendas(some: Iterable[Meeting]) -> dict[UUID, list[AgendaItem]]:
    """Of several meetings at once, by their ids."""
    found: dict[UUID, list[AgendaItem]] = {}
    for item in AgendaItem.objects.filter(meeting__in=[m.pk for m in some]):
        found.setdefault(item.meeting_id, []).append(item)
    return found


def documents_for(actor: Actor, meeting: Meeting | None = None) -> DocumentQuerySet:
    found = MeetingDocument.objects.visible_to(actor).select_related("meeting")
    return found.filter(meeting=meeting) if meeting else found


def document_for(actor: Actor, pk: UUID) -> MeetingDocument:
    found = documents_for(actor).filter(pk=pk).first()
    if found is None:
        raise Unseen("no such document")
    return found


def editions_for(actor: Actor, some: Iterable[MeetingDocument]) -> dict[UUID, list[StoredFile]]:
    """The files of documents that this reader was shown, the latest edition first.

    Earlier editions are read by the secretariat alone: one may have been a mistake.
    """
    found = files.latest_first({d.subject: d.pk for d in some})
    most = None if actor.holds(Role.SECRETARIAT) else 1
    return {pk: editions[:most] for pk, editions in found.items()}


def file_for(actor: Actor, pk: UUID, file: UUID) -> StoredFile:
    """One file of a document that this reader may see. Raises Unseen for any other."""
    editions = editions_for(actor, [document_for(actor, pk)]).get(pk, [])
    found = next((each for each in editions if each.pk == file), None)
    if found is None:
        raise Unseen("no such file")
    return found


def participants_for(actor: Actor, meeting: Meeting | None = None) -> ParticipantQuerySet:
    found = Participant.objects.visible_to(actor).select_related("body", "meeting")
    return found.filter(meeting=meeting) if meeting else found


def participant_for(actor: Actor, pk: UUID) -> Participant:
    found = participants_for(actor).filter(pk=pk).first()
    if found is None:
        raise Unseen("no such participant")
    return found


def unanswered(actor: Actor, today: date) -> list[Participant]:
    """Invitations that wait for this actor's own answer, to meetings that are not over."""
    own = participants_for(actor).filter(
        body__in=policy.answering(actor), answer=Answer.AWAITED.value
    )
    return [p for p in own if not when_of(p.meeting).is_over(today)]


def stored_participant(meeting: Meeting, body_id: UUID) -> Participant | None:
    """Also one whose invitation was taken back: invited again, it is the same row."""
    every = Participant.objects.unscoped("a body is invited once")
    return every.filter(meeting=meeting, body_id=body_id).first()


def invited_bodies(meeting: Meeting) -> set[UUID]:
    """Whom a move of the meeting concerns; shown to nobody."""
    every = Participant.objects.unscoped("a move concerns whoever is invited")
    live = every.filter(meeting=meeting).exclude(answer=Answer.UNINVITED)
    return set(live.values_list("body_id", flat=True))


def moved_dates(recount: UUID | None = None) -> list[MovedDate]:
    """Deadlines that holidays have moved, in one recount or in all of them, the first first.

    Whoever shows one asks the plan first whether the reader may see the deadline.
    """
    every = MovedDate.objects.unscoped("shown with the deadline alone").select_related("recount")
    return list(every.filter(recount=recount) if recount else every)


def keys_for(actor: Actor) -> list[CalendarKey]:
    return list(CalendarKey.objects.visible_to(actor))


def key_for(actor: Actor, pk: UUID) -> CalendarKey:
    found = CalendarKey.objects.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Unseen("no such key")
    return found


def seat_of_key(key: str) -> UUID:
    """The seat that a key opens the calendar of. Raises Unseen for a revoked or unknown one."""
    every = CalendarKey.objects.unscoped("a key speaks for its seat; nobody has signed in")
    found = every.filter(hash=hash_of(key), revoked_at__isnull=True).first()
    if found is None:
        raise Unseen("no such calendar")
    return found.seat_id


def years_without_holidays(today: date, station: str) -> list[int]:
    """Of this year and the coming one, those for which no holiday of the station is recorded."""
    some = Holiday.objects.filter(duty_station=station, is_observed=True)
    years = (today.year, today.year + 1)
    return [year for year in years if not some.filter(date__year=year).exists()]
