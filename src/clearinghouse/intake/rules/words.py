"""The words that a reply is read by, with their language. Those of a language not reviewed say so.

A line of the table: what is meant, then the words for it in each language, with semicolons. The
English ones are the house's own. The others were translated and have not been reviewed by a reader
of the language: what is read by them is pointed out beside the item, and judged by a person there.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

REVIEWED = frozenset({"en"})  # a language comes in here when a reader of it has gone through it
CUT = " .!?\u3002\uff01\uff1f\u061f\u060c\u061b,;"  # what may stand around a word

Table = Mapping[str, Mapping[str, str]]

# fmt: off
WHOLE: Table = {
    "confirm": {
        "en": "confirm; confirmed; correct; ok",
        "fr": "confirmer; confirmé; confirmée; exact",
        "es": "confirmar; confirmado; confirmada; correcto",
        "ru": "подтвердить; подтверждаем; подтверждено; верно",
        "ar": "تأكيد; مؤكد; نؤكد; صحيح",
        "zh": "确认; 已确认; 正确",
    },
    "withdraw": {
        "en": "withdraw; withdrawn",
        "fr": "retirer; retiré; retirée",
        "es": "retirar; retirado; retirada",
        "ru": "отозвать; отзываем; отозвано",
        "ar": "سحب; مسحوب; نسحب",
        "zh": "撤回; 已撤回",
    },
}
FIELDS: Table = {
    "title": {
        "en": "title; need; the need in one line",
        "fr": "titre; besoin", "es": "título; necesidad", "ru": "название; потребность",
        "ar": "العنوان; الحاجة", "zh": "标题; 需要",
    },
    "description": {
        "en": "description; what exactly is needed",
        "fr": "description; ce dont il est besoin", "es": "descripción", "ru": "описание",
        "ar": "الوصف", "zh": "说明; 描述",
    },
    "counterpart": {
        "en": "counterpart",
        "fr": "interlocuteur; homologue", "es": "contraparte; homólogo", "ru": "партнер; партнёр",
        "ar": "الجهة النظيرة", "zh": "对口单位",
    },
    "rough_cost": {
        "en": "rough cost; rough_cost; cost",
        "fr": "coût approximatif; coût", "es": "costo aproximado; costo; coste",
        "ru": "примерная стоимость; стоимость", "ar": "التكلفة التقريبية; التكلفة",
        "zh": "大致费用; 费用",
    },
    "needed_by": {
        "en": "needed by; needed_by; by",
        "fr": "nécessaire pour le; échéance", "es": "necesario para el; plazo",
        "ru": "требуется к; срок", "ar": "مطلوب بحلول; الموعد", "zh": "需要日期; 期限",
    },
    "priority": {
        "en": "priority", "fr": "priorité", "es": "prioridad", "ru": "приоритет",
        "ar": "الأولوية", "zh": "优先级",
    },
    "rank": {
        "en": "rank", "fr": "rang", "es": "orden", "ru": "порядок", "ar": "الترتيب", "zh": "次序",
    },
    "consent": {
        "en": "who may see it; consent; seen by",
        "fr": "qui peut le voir; visible par", "es": "quién puede verlo; visible para",
        "ru": "кто может видеть; доступно", "ar": "من يمكنه الاطلاع; الاطلاع",
        "zh": "谁可以看; 可见范围",
    },
    "providers": {
        "en": "providers", "fr": "prestataires", "es": "proveedores", "ru": "доноры",
        "ar": "مقدمو المساعدة", "zh": "援助方",
    },
    "obligations": {
        "en": "paragraphs; obligations",
        "fr": "paragraphes; obligations", "es": "párrafos; obligaciones",
        "ru": "пункты; обязательства", "ar": "الفقرات; الالتزامات", "zh": "段落; 义务",
    },
    "observation": {
        "en": "observation", "fr": "observation", "es": "observación", "ru": "замечание",
        "ar": "ملاحظة", "zh": "意见",
    },
}
CONSENTS: Table = {
    "none": {
        "en": "nobody; none", "fr": "personne", "es": "nadie", "ru": "никто", "ar": "لا أحد",
        "zh": "无人",
    },
    "committee": {
        "en": "committee; the committee", "fr": "comité; le comité", "es": "comité; el comité",
        "ru": "комитет", "ar": "اللجنة", "zh": "委员会",
    },
    "named": {
        "en": "named; named providers",
        "fr": "nommés; prestataires nommés", "es": "nombrados; proveedores nombrados",
        "ru": "названные; названные доноры", "ar": "المسمون; مقدمو المساعدة المسمون",
        "zh": "指定; 指定的援助方",
    },
    "providers": {
        "en": "providers; every provider; all providers",
        "fr": "prestataires; tous les prestataires", "es": "proveedores; todos los proveedores",
        "ru": "доноры; все доноры", "ar": "مقدمو المساعدة; جميع مقدمي المساعدة",
        "zh": "援助方; 所有援助方",
    },
    "public": {
        "en": "public; everybody; everyone",
        "fr": "public; tous; tout le monde", "es": "público; todos", "ru": "все; открыто",
        "ar": "الجميع; عام", "zh": "公开; 所有人",
    },
}
# fmt: on


@dataclass(frozen=True)
class Meaning:
    """What a word says, and in which language; English where it is a word of several."""

    says: str
    language: str

    @property
    def is_reviewed(self) -> bool:
        return self.language in REVIEWED


def key(word: str) -> str:
    """A word as the table is asked for it: whatever its case, width, spaces and full stops."""
    told = unicodedata.normalize("NFKC", word).casefold()
    shown = "".join(c if c.isprintable() else " " for c in told)
    return " ".join(shown.split()).strip(CUT)


def meanings(table: Table) -> dict[str, Meaning]:
    """By word. What English has, English means: it stands first in each line."""
    found: dict[str, Meaning] = {}
    for says, language, word in rows(table):
        found.setdefault(key(word), Meaning(says, language))
    return found


def rows(table: Table) -> Iterator[tuple[str, str, str]]:
    """Every word with what it says and its language."""
    for says, by_language in table.items():
        for language, words in by_language.items():
            for word in words.split(";"):
                yield says, language, word.strip()
