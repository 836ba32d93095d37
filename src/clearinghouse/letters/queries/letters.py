"""The register of letters, one letter with its replies, and the steps open to an actor."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.db.models import F, Max, Q
from django.db.models.expressions import OrderBy

from clearinghouse.access.actor import Actor, Role, Standing
from clearinghouse.access.errors import Unseen
from clearinghouse.kernel import languages
from clearinghouse.kernel.calendar import midnight_of
from clearinghouse.letters import policy
from clearinghouse.letters.models import (
    Batch,
    BatchQuerySet,
    Letter,
    LetterQuerySet,
    Reply,
    Template,
)
from clearinghouse.letters.queries.merging import (
    Known,
    Target,
    fields_of,
    merged,
    wording_of,
)
from clearinghouse.letters.rules.wording import (
    Fault,
    MergeField,
    Wording,
    gaps_in,
    paragraphs,
    tidy,
)
from clearinghouse.letters.rules.workflow import TOGETHER, WAITING, WORKFLOW, Form, State, Step
from clearinghouse.mandate.models import Body
from clearinghouse.people.queries import seats_in
from clearinghouse.search.rules import fold

MOST_NUMBERS = 20  # of a text, that may be the number of a letter
NUMBERED = re.compile(r"([0-9]{4})\D{1,8}([0-9]{4,9})(?![0-9])")  # a year, then a number


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What a reader asks of the register. `text`: words of a reference, a subject or a name."""

    text: str = ""
    state: str = ""
    form: str = ""
    purpose: str = ""
    body: str = ""
    year: str = ""
    sort: str = ""  # one of SORTED; what is no such thing leaves the register's own order
    is_descending: bool = False


SORTED = ("reference", "form", "purpose", "sent")


@dataclass(frozen=True)
class Text:
    """A letter as it reads: what was cleared, or the draft with what is known put in."""

    address: tuple[str, ...]
    subject: str
    opening: str
    paragraphs: tuple[str, ...]
    closing: str
    signatory: str = ""  # the Chair's name, as it stood at clearance


def register(actor: Actor, asked: Filter | None = None) -> LetterQuerySet:
    """The numbered ones by their number, the latest first; before them what has none yet."""
    asked = asked or Filter()
    found = Letter.objects.visible_to(actor)
    exact = {
        "state": asked.state,
        "form": asked.form,
        "purpose": asked.purpose,
        "body__code": asked.body,
        "year": asked.year,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value})
    for word in asked.text.split():
        found = found.filter(
            Q(reference__icontains=word)
            | Q(subject_line__icontains=word)
            | Q(receipt__icontains=word)
            | Q(body__code__iexact=word)
        )
    newest = F("year").desc(nulls_first=True)  # said, because the two databases differ here
    own = (newest, "-number", "-drafted_at", "id")
    return found.select_related("body").order_by(*_first(asked), *own)


def _first(asked: Filter) -> tuple[OrderBy, ...]:
    """What the reader sorts by comes before the register's own order; what is blank comes last."""
    columns = {"reference": ("year", "number"), "sent": ("sent_on",)}
    if asked.sort not in SORTED:
        return ()
    return tuple(
        F(name).desc(nulls_last=True) if asked.is_descending else F(name).asc(nulls_last=True)
        for name in columns.get(asked.sort, (asked.sort,))
    )


def letter_for(actor: Actor, pk: UUID) -> Letter:
    """Raises Unseen."""
    found = Letter.objects.visible_to(actor).filter(pk=pk)
    letter = found.select_related(
        "body", "batch", "writer", "cleared_by", "signed_by", "sent_by"
    ).first()
    if letter is None:
        raise Unseen("no such letter")
    return letter


def replies_to(actor: Actor, letter: Letter) -> list[Reply]:
    return list(Reply.objects.visible_to(actor).filter(letter=letter))


def batch_for(actor: Actor, pk: UUID) -> Batch:
    """Raises Unseen."""
    found = Batch.objects.visible_to(actor).filter(pk=pk).select_related("drafted_by").first()
    if found is None:
        raise Unseen("no such batch")
    return found


def batches(actor: Actor) -> BatchQuerySet:
    return Batch.objects.visible_to(actor)


def letters_of(actor: Actor, batch: Batch) -> list[Letter]:
    found = Letter.objects.visible_to(actor).filter(batch=batch).select_related("body")
    return in_address_order(found, languages.DEFAULT)


def in_address_order(letters: Iterable[Letter], language: str) -> list[Letter]:
    """Alphabetical by the addressee's name in the language: the order says nothing else."""
    return sorted(
        letters, key=lambda x: (fold(languages.pick(x.body.names, language)[0]), str(x.pk))
    )


def steps_open_to(actor: Actor, letter: Letter) -> set[Step]:
    return WORKFLOW.open_steps(State(letter.state), policy.relations(actor, letter))


def steps_for_all(actor: Actor, letters: Iterable[Letter]) -> set[Step]:
    """What may be done to every one of them at once."""
    open_ = [steps_open_to(actor, each) for each in letters]
    return set.intersection(*open_) & TOGETHER if open_ else set()


def in_hand(actor: Actor) -> list[tuple[Letter, Step]]:
    """What this actor may move on now, and the step that does it; the oldest first."""
    waiting = sorted(s.value for s in WAITING | {State.DRAFT})
    found = Letter.objects.visible_to(actor).filter(state__in=waiting).select_related("body")
    steps = (
        (each, steps_open_to(actor, each) & TOGETHER)
        for each in found.order_by("drafted_at", "id")
    )
    return [(each, min(open_)) for each, open_ in steps if open_]


def fields_for(letter: Letter) -> tuple[MergeField, ...]:
    template = Template.objects.filter(code=letter.template).first()
    return fields_of(template) if template else ()


def text_of(letter: Letter, known: Known | None = None) -> Text:
    """As cleared; a draft with the fields that are known filled, and the others standing."""
    if letter.text:
        said = letter.text
        return Text(
            tuple(said["address"]),
            said["subject"],
            said["opening"],
            tuple(said["paragraphs"]),
            said["closing"],
            said["signatory"],
        )
    filled = wording_of(letter).filled(filling(letter, known))
    return reading(filled)


def reading(said: Wording) -> Text:
    return Text(
        tuple(line.strip() for line in said.address.splitlines() if line.strip()),
        said.subject,
        said.opening,
        tuple(paragraphs(said.passage)),
        said.closing,
    )


def filling(letter: Letter, known: Known | None = None) -> dict[str, str]:
    """What each field of this letter says."""
    known = known or Known.about([letter.body])
    to = Target(letter.body, Form(letter.form), letter.language)
    return merged(fields_for(letter), letter.values, to, known)


def gaps_of(letter: Letter) -> list[Fault]:
    """What stands between a draft and its clearance."""
    return list(gaps_in(wording_of(letter), filling(letter)))


def templates(form: Form | None = None) -> list[Template]:
    found = Template.objects.all()
    return list(found.filter(form=form) if form else found)


def template_called(code: str) -> Template:
    """Raises Unseen."""
    found = Template.objects.filter(code=code).first()
    if found is None:
        raise Unseen("no such template")
    return found


def last_number(year: int) -> int:
    """The highest number given in that year; ask with the pen in hand before giving the next."""
    found = Letter.objects.unscoped("a number is given once, whoever may see it")
    highest: int | None = found.filter(year=year).aggregate(highest=Max("number"))["highest"]
    return highest or 0


def seats_written_to(letter: Letter, now: datetime) -> list[UUID]:
    """Whom an e-mail goes to: the State's mission, or the organisation's focal points."""
    seats = seats_in({Role.STATE, Role.FOCAL_POINT}, now).filter(body=letter.body)
    if letter.form == Form.NOTE_VERBALE:
        seats = seats.filter(standing=Standing.MISSION)
    return [seat.pk for seat in seats]


def letter_called(actor: Actor, text: str) -> Letter | None:
    """The letter whose reference stands in this text, such as the subject of a reply.

    Only the first few numbers are looked for: nobody makes work by writing a thousand.
    """
    spoken = text.upper()
    spotted = (found.groups() for found in islice(NUMBERED.finditer(spoken), MOST_NUMBERS))
    for year, number in dict.fromkeys(spotted):
        found = Letter.objects.visible_to(actor).filter(year=int(year), number=int(number))
        letter = found.select_related("body").first()
        if letter and letter.reference.upper() in spoken:
            return letter
    return None


def same_batch(
    actor: Actor, template: Template, bodies: Iterable[Body], values: Mapping[str, str], day: date
) -> Batch | None:
    """The same letters drafted by the same hand that day already: a second click, not a lot."""
    wanted = ({b.pk for b in bodies}, {k: tidy(v) for k, v in values.items()}, {State.DRAFT})
    mine = Batch.objects.visible_to(actor).filter(drafted_by=actor.person_id)
    for batch in mine.filter(template=template.code, drafted_at__gte=midnight_of(day)):
        lot = letters_of(actor, batch)
        if lot and wanted == ({x.body_id for x in lot}, lot[0].values, {x.state for x in lot}):
            return batch
    return None


def years(actor: Actor) -> list[int]:
    """The years of the register that this actor may see something of."""
    found = Letter.objects.visible_to(actor).filter(year__isnull=False).order_by("-year")
    return list(dict.fromkeys(found.values_list("year", flat=True)))  # type: ignore[arg-type]  # those with a year
