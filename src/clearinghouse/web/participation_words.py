"""The words for how a body stands to the confidential exchange, and for its history."""

from clearinghouse.kernel.marking import N_
from clearinghouse.outreach.rules.participation import Part, Step
from clearinghouse.web.parts import Tone

PARTS: dict[Part, tuple[str, Tone]] = {
    Part.NONE: (N_("does not take part"), "quiet"),
    Part.AHEAD: (N_("takes part from a later day"), "waiting"),
    Part.TAKES: (N_("takes part"), "settled"),
    Part.ENDED: (N_("takes part no more"), "quiet"),
}
STEPS: dict[Step, str] = {
    Step.JOIN: N_("It takes part from %(since)s."),
    Step.AMEND: N_("Terms from %(on)s."),
    Step.LEAVE: N_("It takes part until %(until)s."),
}
