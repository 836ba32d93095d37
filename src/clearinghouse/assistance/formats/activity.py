"""An activity as its donor published it: its own words and codes, nothing judged."""

from dataclasses import dataclass, field

UNSAID = "en"  # the language of a narrative where the file names none


@dataclass(frozen=True, slots=True)
class Coded:
    """A country, region or sector: its code, vocabulary, share and name as the source says."""

    code: str
    vocabulary: str = ""
    share: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A participating organisation."""

    role: str
    ref: str
    name: str


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as published, in its own currency; one day, or a period."""

    begins: str
    ends: str
    currency: str
    amount: str


@dataclass(slots=True)
class Activity:
    """One activity, in the words and codes of its source."""

    number: int
    line: int
    identifier: str = ""
    language: str = UNSAID
    currency: str = ""
    updated: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    countries: list[Coded] = field(default_factory=list)
    regions: list[Coded] = field(default_factory=list)
    sectors: list[Coded] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    status: str = ""
    dates: dict[str, str] = field(default_factory=dict)
    aid_type: str = ""
    budgets: list[Money] = field(default_factory=list)
    disbursements: list[Money] = field(default_factory=list)
    planned: list[Money] = field(default_factory=list)  # disbursements to come
