"""What a contribution says, field by field, and where it stands: words for the desk's pages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from clearinghouse.directory.rules import Readers
from clearinghouse.kernel import languages
from clearinghouse.kernel.marking import N_
from clearinghouse.submissions.rules.fields import Field, Type
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State
from clearinghouse.web import dates
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell, Step, Term, Text, Tone
from clearinghouse.web.views.desk import answers

if TYPE_CHECKING:
    from clearinghouse.submissions.models import Submission

Values = Sequence[Cell | Text]
STATES: dict[State, tuple[str, Tone]] = {
    State.DRAFT: (N_("draft"), "quiet"),
    State.SUBMITTED: (N_("submitted"), "waiting"),
    State.IN_REVIEW: (N_("in review"), "waiting"),
    State.RETURNED: (N_("returned"), "alert"),
    State.LISTED: (N_("listed"), "settled"),
    State.AUTHENTICATED: (N_("origin authenticated"), "waiting"),
    State.CONFIRMED: (N_("confirmed"), "settled"),
    State.WITHDRAWN: (N_("withdrawn"), "quiet"),
}
_REVIEWED = (State.DRAFT, State.SUBMITTED, State.IN_REVIEW, State.LISTED)
_ANNOUNCED = (State.DRAFT, State.LISTED)
WAYS = dict.fromkeys(Kind, _REVIEWED) | {
    Kind.NEED: (State.DRAFT, State.SUBMITTED, State.AUTHENTICATED, State.CONFIRMED),
    Kind.CONTACT: _ANNOUNCED,
    Kind.MONITORING_VISIT: _ANNOUNCED,
}
STANDING: dict[Readers, str] = {
    Readers.EVERYBODY: N_("Once listed: everybody."),
    Readers.CONTACTS: N_(
        "Once announced: the office and its mailbox, everybody; the person, the seats of its body,"
        " the committee, the Experts and the secretariat, and other focal points if you agree."
    ),
    Readers.MONITORS: N_(
        "Once announced: the focal points of organisations, the Experts and the State concerned."
    ),
}
NEXT: dict[State, str] = {
    State.DRAFT: N_("with its author"),
    State.SUBMITTED: N_("with the secretariat"),
    State.IN_REVIEW: N_("with the secretariat"),
    State.RETURNED: N_("with its author, who may submit it again"),
    State.AUTHENTICATED: N_("with the permanent mission, to confirm"),
}


def state_cell(submission: "Submission") -> Cell:
    label, tone = STATES[State(submission.state)]
    return Cell(_(label), tone=tone)


def title_of(submission: "Submission", words: Vocabulary) -> str:
    """Its title in the reader's language as far as there is one; a draft may have none yet."""
    return words.say(submission.content.get("title", {})) or _("Without a title yet")


def timeline(submission: "Submission") -> list[Step]:
    """The stations of its procedure; a returned one stands where it was drafted."""
    here = State(submission.state)
    way: tuple[State, ...] = WAYS[Kind(submission.kind)]
    if here == State.WITHDRAWN:
        withdrawn = Step(_("withdrawn"), "current", answers.day(submission.settled_at))
        return [Step(_("draft"), "done", answers.day(submission.started_at)), withdrawn]
    shown = tuple(State.RETURNED if s == State.DRAFT else s for s in way)
    way = shown if here == State.RETURNED else way
    place = way.index(here)
    when = {State.DRAFT: submission.started_at, State.SUBMITTED: submission.submitted_at}
    when[way[-1]] = submission.settled_at
    return [
        Step(
            _(STATES[state][0]),
            "done" if n < place else "current" if n == place else "to come",
            answers.day(when.get(state)) if n <= place else "",
            _(NEXT[state]) if n == place and state in NEXT else "",
        )
        for n, state in enumerate(way)
    ]


def terms(asked: Iterable[Field], content: Mapping[str, Any], words: Vocabulary) -> list[Term]:
    return [Term(_(f.label), values(f, content.get(f.name), words)) for f in asked]


def values(each: Field, value: Any, words: Vocabulary) -> Values:
    """How the value of one field is read out; nothing where there is none."""
    return SHOWN[each.type](each, value, words) if value else []


def texts(value: Mapping[str, str], language: str) -> list[Cell]:
    """Every language it was given in, the reader's and English first, a cell a paragraph."""
    first = [code for code in (language, languages.DEFAULT) if code in value]
    order = dict.fromkeys([*first, *sorted(value)])
    return [
        Cell(line, language="" if code == language else code)
        for code in order
        for line in value[code].split("\n")
        if line.strip()
    ]


def _plain(_each: Field, value: Any, _words: Vocabulary) -> Values:
    return [str(value)]


def _texts(_each: Field, value: Any, words: Vocabulary) -> Values:
    return texts(value, words.language)


def _choice(each: Field, value: Any, _words: Vocabulary) -> Values:
    return [_(each.choices.get(str(value), str(value)))]


def _date(_each: Field, value: Any, words: Vocabulary) -> Values:
    return [dates.partial(value, words.language)]


def _url(_each: Field, value: Any, _words: Vocabulary) -> Values:
    return [Cell(value, url=value)]


def _languages(_each: Field, value: Any, _words: Vocabulary) -> Values:
    return [Cell(languages.BY_CODE[code].name, language=code) for code in value]


def _area(_each: Field, value: Any, words: Vocabulary) -> Values:
    return [words.areas.get(value, value)]


def _areas(_each: Field, value: Any, words: Vocabulary) -> Values:
    return [words.areas.get(code, code) for code in value]


def _obligations(_each: Field, value: Any, words: Vocabulary) -> Values:
    return [obligation(b["ref"], words, b.get("pinpoint", "")) for b in value]


def obligation(ref: str, words: Vocabulary, note: str = "") -> Cell:
    """A paragraph by number and short title, in the language the title is in."""
    title = words.obligations.get(ref, Cell(""))
    return Cell(f"{ref} {title.text}".strip(), language=title.language, note=note)


def _providers(_each: Field, value: Any, words: Vocabulary) -> Values:
    return [words.providers.get(code, code) for code in value]


def _email(_each: Field, value: Any, _words: Vocabulary) -> Values:
    return [Cell(value, url=f"mailto:{value}")]


def _state(_each: Field, value: Any, words: Vocabulary) -> Values:
    return [words.states.get(value, value)]


def _states(_each: Field, value: Any, words: Vocabulary) -> Values:
    return [words.states.get(code, code) for code in value]


def _regions(_each: Field, value: Any, words: Vocabulary) -> Values:
    return [words.regions.get(code, code) for code in value]


def _checklist(each: Field, value: Any, _words: Vocabulary) -> Values:
    """Every question: one left open says so."""
    left = _("not answered")
    return [
        Cell(_(each.choices[value[q]]) if q in value else left, note=_(asked))
        for q, asked in each.questions.items()
    ]


def _milestones(_each: Field, value: Any, words: Vocabulary) -> Values:
    return [f"{dates.partial(one['date'], words.language)}: {one['what']}" for one in value]


SHOWN: dict[Type, Callable[[Field, Any, Vocabulary], Values]] = {
    Type.TEXT: _plain,
    Type.TEXTS: _texts,
    Type.LONG_TEXTS: _texts,
    Type.CHOICE: _choice,
    Type.NUMBER: _choice,
    Type.DATE: _date,
    Type.URL: _url,
    Type.LANGUAGES: _languages,
    Type.AREA: _area,
    Type.AREAS: _areas,
    Type.OBLIGATIONS: _obligations,
    Type.PROVIDERS: _providers,
    Type.EMAIL: _email,
    Type.STATE: _state,
    Type.STATES: _states,
    Type.REGIONS: _regions,
    Type.CHECKLIST: _checklist,
    Type.MILESTONES: _milestones,
}
