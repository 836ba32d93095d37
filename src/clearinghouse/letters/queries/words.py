"""The few words of a letter that no template says, in the letter's own language."""

from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from clearinghouse.documents import words
from clearinghouse.documents.model import Labels
from clearinghouse.kernel.marking import N_
from clearinghouse.letters.rules.workflow import Form, Means

FORMS: dict[Form, str] = {Form.NOTE_VERBALE: N_("Note verbale"), Form.LETTER: N_("Letter")}
MEANS: dict[Means, str] = {
    Means.POUCH: N_("by pouch"),
    Means.HAND: N_("by hand"),
    Means.EMAIL: N_("by e-mail"),
}
SEEN_BY: dict[Form, str] = {
    Form.NOTE_VERBALE: N_("its addressee, the committee's Experts and the secretariat."),
    Form.LETTER: N_("its addressee, the Chair, the committee's Experts and the secretariat."),
}
DRAFT = N_("Draft: not cleared, not to be sent.")
ILLUSTRATIVE = N_("Illustrative: invented for the demonstration.")
CANCELLED = N_("Cancelled: this was not sent.")
CHAIR = N_("Chair")

# The languages that the packs' letters are in and the pages are not: said here, or in English.
SPOKEN: dict[str, dict[str, str]] = {
    "fr": {
        FORMS[Form.NOTE_VERBALE]: "Note verbale",
        FORMS[Form.LETTER]: "Lettre",
        SEEN_BY[Form.NOTE_VERBALE]: "destinataire, experts du Comité et secrétariat.",
        SEEN_BY[Form.LETTER]: "destinataire, présidence, experts du Comité et secrétariat.",
        DRAFT: "Projet : non approuvé, ne pas envoyer.",
        ILLUSTRATIVE: "Exemple : inventé pour la démonstration.",
        CANCELLED: "Annulée : n'a pas été envoyée.",
        CHAIR: "Présidence du Comité",
        "Reference": "Référence",
        "Seen by": "Lu par",
        "Page %(page)s of %(pages)s": "Page %(page)s sur %(pages)s",
        "%(city)s, %(day)s": "%(city)s, le %(day)s",
    },
    "es": {
        FORMS[Form.NOTE_VERBALE]: "Nota verbal",
        FORMS[Form.LETTER]: "Carta",
        SEEN_BY[Form.NOTE_VERBALE]: "el destinatario, los expertos del Comité y la secretaría.",
        SEEN_BY[Form.LETTER]: (
            "el destinatario, la Presidencia, los expertos del Comité y la secretaría."
        ),
        DRAFT: "Borrador: sin aprobar, no enviar.",
        ILLUSTRATIVE: "Ejemplo: inventado para la demostración.",
        CANCELLED: "Anulada: no se envió.",
        CHAIR: "Presidencia del Comité",
        "Reference": "Referencia",
        "Seen by": "Lo ven",
        "Page %(page)s of %(pages)s": "Página %(page)s de %(pages)s",
        "%(city)s, %(day)s": "%(city)s, %(day)s",
    },
}
DATED = N_("%(city)s, %(day)s")


def say(text: str, language: str) -> str:
    """One of these words in the letter's language; in English where it is not said in it."""
    if language in SPOKEN:
        return SPOKEN[language].get(text, text)
    with translation.override(language):
        return _(text)


def labels(language: str) -> Labels:
    found = words.labels(lambda text: say(text, language))
    return replace(found, seen_by=say("Seen by", language))
