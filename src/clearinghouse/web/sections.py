"""The sections of the directory: which kinds of entry stand at which address, and what it says."""

from dataclasses import dataclass

from clearinghouse.directory.rules import Readers
from clearinghouse.kernel.marking import N_
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind


@dataclass(frozen=True)
class Section:
    """One list: its route, its kinds, its heading, and a sentence for a newcomer."""

    route: str
    path: str
    kinds: tuple[Kind, ...]
    heading: str
    lede: str


SECTIONS = (
    Section(
        "plans",
        "standards/plans/",
        (Kind.STANDARD_PLAN,),
        N_("Standards under development"),
        N_("What organisations are writing or amending, and when they report back."),
    ),
    Section(
        "guidance",
        "guidance/",
        (Kind.GUIDANCE_NOTE,),
        N_("Guidance notes"),
        N_("How standards are carried out in practice, as their organisations explain it."),
    ),
    Section(
        "assistance",
        "assistance/",
        (Kind.ASSISTANCE_PROGRAMME, Kind.ASSISTANCE_ACTIVITY),
        N_("Information and sources of assistance"),
        N_(
            "Programmes that States may apply to, and activities under way. Each is described by"
            " its provider; the committee lists them and provides none itself."
        ),
    ),
    Section(
        "cooperation",
        "cooperation/",
        (Kind.COOPERATION_EXAMPLE,),
        N_("Practical cooperation"),
        N_("Examples as they happened: with whom, what came of it, what was learnt."),
    ),
    Section(
        "starter-packs",
        "starter-packs/",
        (Kind.STARTER_PACK,),
        N_("Starter packs"),
        N_("How to begin a regional dialogue, from organisations that have done it."),
    ),
    Section(
        "reports",
        "reports/",
        (Kind.COORDINATION_REPORT,),
        N_("Coordination reports"),
        N_("What regional organisations coordinated, as they report it."),
    ),
    Section(
        "mandates",
        "mandates/",
        (Kind.MANDATE_STATEMENT,),
        N_("Statements of mandate"),
        N_("Whether the mandate of an organisation covers a subject, in its own words."),
    ),
    Section(
        "contacts",
        "contacts/",
        (Kind.CONTACT,),
        N_("Contacts"),
        N_("Whom to write to: offices and their mailboxes."),
    ),
    Section(
        "desk-visits",
        "desk/visits/",
        (Kind.MONITORING_VISIT,),
        N_("Monitoring calendar"),
        N_(
            "Which State is reviewed against which standard, and when, so that visits are not"
            " doubled. Never what was found."
        ),
    ),
)
OPEN = tuple(s for s in SECTIONS if DEFINITIONS[s.kinds[0]].readers != Readers.MONITORS)
BY_ROUTE = {section.route: section for section in SECTIONS}
OF_KIND = {kind: section for section in SECTIONS for kind in section.kinds}
