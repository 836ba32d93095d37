"""The rooms' words as a page says them: each value of a rule's enumeration has its phrase here."""

from clearinghouse.kernel.marking import N_
from clearinghouse.mandate.rules import GroupKind, Kind, MeetingKind
from clearinghouse.mandate.rules import Timetable as When
from clearinghouse.meetings.rules import Answer
from clearinghouse.plan.rules import Adoption
from clearinghouse.search.rules import Kind as Found

BODY_KINDS: dict[str, str] = {
    Kind.INTERNATIONAL: N_("International organisations"),
    Kind.REGIONAL: N_("Regional organisations"),
    Kind.SUBREGIONAL: N_("Subregional organisations"),
}
BODY_KIND: dict[str, str] = {
    Kind.STATE: N_("State"),
    Kind.INTERNATIONAL: N_("International organisation"),
    Kind.REGIONAL: N_("Regional organisation"),
    Kind.SUBREGIONAL: N_("Subregional organisation"),
    Kind.OTHER: N_("Other member"),
}
GROUP_KINDS: dict[str, str] = {
    GroupKind.UN_GROUP: N_("Regional group in the United Nations"),
    GroupKind.REGION: N_("Region"),
    GroupKind.SUBREGION: N_("Subregion"),
    GroupKind.SUBCOMMITTEE: N_("Subcommittee"),
}
MEMBER_ROLES: dict[str, str] = {
    "member": N_("Members"),
    "associate": N_("Associate members"),
    "observer": N_("Observers"),
    "candidate": N_("Candidates"),
    "partner": N_("Partners"),
    "signatory": N_("Signatories"),
    "suspended": N_("Suspended"),
}
MEMBER_ROLE: dict[str, str] = {
    "member": N_("member"),
    "associate": N_("associate member"),
    "observer": N_("observer"),
    "candidate": N_("candidate"),
    "partner": N_("partner"),
    "signatory": N_("signatory"),
    "suspended": N_("suspended"),
}
FOUND: dict[str, str] = {
    Found.STANDARD: N_("Standard"),
    Found.ENTRY: N_("Entry of the directory"),
    Found.NEED: N_("Need"),
    Found.ORGANISATION: N_("Organisation"),
    Found.STATE: N_("State"),
}
ADOPTION: dict[str, str] = {
    Adoption.PROPOSED: N_("proposed"),
    Adoption.ADOPTED: N_("adopted"),
    Adoption.AMENDED: N_("adopted as amended"),
    Adoption.DEFERRED: N_("deferred"),
    Adoption.DROPPED: N_("dropped"),
}
TIMETABLES: dict[str, str] = {
    When.CONTINUING: N_("continuing"),
    When.MONTHLY: N_("every month"),
    When.INTERVAL: N_("at regular intervals"),
    When.BY_DECISION: N_("when the committee decides"),
}
MEETING_KINDS: dict[str, str] = {
    MeetingKind.SPECIAL: N_("Special meeting"),
    MeetingKind.FOLLOW_UP: N_("Follow-up meeting"),
    MeetingKind.REGIONAL_ONLY: N_("Meeting of regional organisations alone"),
}
ANSWERS: dict[str, str] = {
    Answer.AWAITED: N_("not answered yet"),
    Answer.ATTENDS: N_("attends"),
    Answer.DECLINES: N_("does not attend"),
    Answer.UNINVITED: N_("invited by mistake: take it back"),
}
OWNERS: dict[str, str] = {
    "committee": N_("the committee"),
    "experts": N_("the Experts"),
    "secretariat": N_("the secretariat"),
    "subcommittees": N_("the subcommittees"),
    "special_meeting": N_("the special meeting"),
}
