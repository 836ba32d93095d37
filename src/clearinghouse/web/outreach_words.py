"""The words for how contact with a body stands, by which way it went, and what was answered."""

from clearinghouse.kernel.marking import N_
from clearinghouse.outreach.rules import Answer, Channel, Progress, Standing
from clearinghouse.web.parts import Tone

STANDINGS: dict[Standing, tuple[str, Tone]] = {
    Standing.TO_CONTACT: (N_("to contact"), "quiet"),
    Standing.CONTACTED: (N_("contacted"), "waiting"),
    Standing.REPLIED: (N_("replied"), "accent"),
    Standing.AGREED: (N_("agreed"), "settled"),
    Standing.DECLINED: (N_("declined contact"), "quiet"),
}
CHANNELS: dict[Channel, str] = {
    Channel.MAIL: N_("by mail"),
    Channel.LETTER: N_("by letter"),
    Channel.TELEPHONE: N_("by telephone"),
    Channel.MEETING: N_("in a meeting"),
    Channel.OTHER: N_("by another way"),
}
ANSWERS: dict[Answer, str] = {
    Answer.AWAITED: N_("no answer yet"),
    Answer.WILL: N_("will contribute"),
    Answer.GAVE: N_("has contributed by another way"),
    Answer.DECLINES: N_("does not contribute"),
    Answer.TAKEN_BACK: N_("is not asked any more"),
}
PROGRESS: dict[Progress, tuple[str, Tone]] = {
    Progress.INVITED: (N_("invited"), "waiting"),
    Progress.ANSWERED: (N_("will contribute"), "accent"),
    Progress.CONTRIBUTED: (N_("contributed"), "settled"),
    Progress.DECLINED: (N_("does not contribute"), "quiet"),
    Progress.OVERDUE: (N_("the day has passed"), "alert"),
    Progress.TAKEN_BACK: (N_("not asked any more"), "quiet"),
}
