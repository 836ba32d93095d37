"""What figures of aid are, how large one may be, and who brings them in."""

from decimal import Decimal
from enum import StrEnum

PLACES = 10  # decimals kept: a hundredth of a cent of a million
EARLIEST, LATEST = 1960, 2100  # years of aid anybody has tables of
LARGEST = Decimal(100_000)  # US$ million: fifteen figures are what both databases keep exactly
UNIT = "US$ million"
SOURCE = "OECD DAC Creditor Reporting System"


class Kind(StrEnum):
    """What stands against the recipient in a table."""

    PURPOSE = "purpose"
    DONOR = "donor"


class Step(StrEnum):
    """What can be done."""

    LOAD = "load"
    IMPORT = "import"


class Relation(StrEnum):
    """Who may do it."""

    OPERATOR = "operator"
    SECRETARIAT = "secretariat"


WHO = {Step.LOAD: {Relation.OPERATOR}, Step.IMPORT: {Relation.OPERATOR, Relation.SECRETARIAT}}
