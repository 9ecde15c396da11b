"""Language and zone -> how words, numbers and times stand on a page: Indonesian first, English second."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import cache, lru_cache
from io import BytesIO

from babel.dates import format_timedelta, get_month_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from monitor import shipped

LANGUAGES = ("id", "en")
# The catalogue's context for words of the rooms: "Lainnya" is one thing in a menu, another as a topic.
TERM = "istilah"
MINUS = "\N{MINUS SIGN}"


def said(message: str) -> str:
    """Marks a message that is translated where it is shown; the catalogue's tool finds it here."""
    return message


@cache
def catalogue(language: str) -> NullTranslations:
    """The translations of a language; Indonesian is what the templates are written in."""
    if language == "id":
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(shipped.content(f"locale/{language}.po")), locale=language))
    compiled.seek(0)
    return Translations(compiled)


@cache
def months(language: str) -> dict[int, str]:
    """Short names of the months, from 1."""
    return dict(get_month_names("abbreviated", locale=language))


@lru_cache(maxsize=8192)
def spell(value: float, places: int, language: str) -> str:
    """A number as the language writes it."""
    shape = "#,##0" + ("." + "0" * places if places else "")
    return str(format_decimal(value, format=shape, locale=language))


@lru_cache(maxsize=8192)
def lasting(minutes: int, language: str) -> str:
    """A stretch of time, roughly: "2 jam"."""
    return str(format_timedelta(timedelta(minutes=minutes), locale=language))


@dataclass(frozen=True, slots=True)
class Tongue:
    """One reader's language (id or en) and the office's zone, whose name stands beside every time."""

    language: str
    zone: tzinfo

    def say(self, message: str, **values: object) -> str:
        """The message in this language; `{name}` in it is replaced by the value of that name."""
        words = str(catalogue(self.language).gettext(message))
        return words.format(**values) if values else words

    def term(self, word: str) -> str:
        """A word that stands in rows or settings (a state, reason, act, topic or stage) as this language says it, in
        the dress of its letters; what the catalogue does not know, as an operator's own name of a stage, stays."""
        known = catalogue(self.language)
        said = str(known.pgettext(TERM, word))
        if said != word or not word:
            return said
        plain = word.lower()
        said = str(known.pgettext(TERM, plain))
        if said == plain:
            return word
        return said.upper() if word.isupper() else said[:1].upper() + said[1:] if word[:1].isupper() else said

    def did(self, who: str, act: str, reason: str = "") -> str:
        """One line of a history: "ani: kesampingkan (ganda)"."""
        return f"{who}: {self.term(act)}" + (f" ({self.term(reason)})" if reason else "")

    def number(self, value: float, places: int = 0) -> str:
        """1.234,5 in Indonesian; rounded to `places`, which are always shown."""
        return spell(value, places, self.language)

    def file(self, kind: str, size: int) -> str:
        """What a file is and how large: "PDF, 1,2 MB"."""
        large = size >= 2**20 // 10
        amount = self.number(size / 2**20, 1) if large else self.number(max(1, size // 1024))
        return f"{kind.rpartition('/')[2].upper()}, {amount} {'MB' if large else 'KB'}"

    def signed(self, value: float, places: int = 1) -> str:
        """+0,8 or −0,4; what rounds to nothing keeps its sign."""
        return ("+" if value >= 0 else MINUS) + self.number(abs(value), places)

    def moment(self, moment: datetime) -> str:
        """21 Nov 2026 14.05 WIT."""
        local = moment.astimezone(self.zone)
        return f"{local.day} {months(self.language)[local.month]} {local.year} {self._time(local)}"

    def clock(self, moment: datetime, now: datetime) -> str:
        """14.05 WIT on the day of `now`, else with its date."""
        local = moment.astimezone(self.zone)
        if local.date() != now.astimezone(self.zone).date():
            return self.moment(moment)
        return self._time(local)

    def age(self, moment: datetime, now: datetime) -> str:
        """How long ago, roughly: "2 jam"; under a minute "baru saja"."""
        past = max(now - moment, timedelta())
        if past < timedelta(minutes=1):
            return self.say("baru saja")
        return lasting(int(past.total_seconds()) // 60, self.language)

    def ago(self, moment: datetime, now: datetime) -> str:
        """The same as a phrase: "2 jam lalu"."""
        age = self.age(moment, now)
        return age if age == self.say("baru saja") else self.say("{age} lalu", age=age)

    def _time(self, local: datetime) -> str:
        mark = "." if self.language == "id" else ":"
        return f"{local.hour:02}{mark}{local.minute:02} {local.tzname()}"
