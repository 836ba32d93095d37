"""What kinds of contribution are called in letters, in each language that the letters speak.

A letter is wholly in its addressee's language, also where the pages have no catalogue of it.
"""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind

NAMES: dict[str, dict[Kind, str]] = {
    "fr": {
        Kind.STANDARD: "normes",
        Kind.STANDARD_PLAN: "normes en cours d'élaboration",
        Kind.GUIDANCE_NOTE: "notes d'orientation",
        Kind.ASSISTANCE_PROGRAMME: "programmes d'assistance",
        Kind.ASSISTANCE_ACTIVITY: "activités d'assistance",
        Kind.COOPERATION_EXAMPLE: "exemples de coopération",
        Kind.STARTER_PACK: "dossiers de démarrage",
        Kind.COORDINATION_REPORT: "rapports de coordination",
        Kind.MANDATE_STATEMENT: "déclarations de mandat",
        Kind.NEED: "besoins d'assistance",
        Kind.CONTACT: "points de contact",
    },
    "es": {
        Kind.STANDARD: "normas",
        Kind.STANDARD_PLAN: "normas en elaboración",
        Kind.GUIDANCE_NOTE: "notas de orientación",
        Kind.ASSISTANCE_PROGRAMME: "programas de asistencia",
        Kind.ASSISTANCE_ACTIVITY: "actividades de asistencia",
        Kind.COOPERATION_EXAMPLE: "ejemplos de cooperación",
        Kind.STARTER_PACK: "paquetes de iniciación",
        Kind.COORDINATION_REPORT: "informes de coordinación",
        Kind.MANDATE_STATEMENT: "declaraciones de mandato",
        Kind.NEED: "necesidades de asistencia",
        Kind.CONTACT: "puntos de contacto",
    },
}


def named(kinds: Iterable[str], language: str) -> str:
    """In one line, in the order given."""
    own = NAMES.get(language, {})
    with translation.override(language):
        return "; ".join(own.get(Kind(kind)) or _(DEFINITIONS[Kind(kind)].names) for kind in kinds)
