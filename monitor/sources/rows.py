"""feeds.toml -> Settings: the rows it is read into; every field is a key on disk unless it says otherwise."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, Strict

from monitor.sources import addresses, checks

Kind = Literal["rss", "atom", "rdf", "json-feed", "sitemap", "wp-json", "html", "youtube", "telegram"]
Category = Literal[
    "media_nasional",
    "media_daerah",
    "cek_fakta",
    "penyelenggara_pemilu",
    "pemerintah_pusat",
    "pemda",
    "partai",
    "lainnya",
]
StageKind = Literal[
    "",
    "pemutakhiran",
    "pencalonan",
    "kampanye",
    "masa tenang",
    "pemungutan",
    "penghitungan",
    "rekapitulasi",
    "sengketa",
    "lainnya",
]
Signers = Literal["redaktur atau kepala", "redaktur", "kepala"]
KINDS: tuple[str, ...] = Kind.__args__  # type: ignore[attr-defined]
CATEGORIES: tuple[str, ...] = Category.__args__  # type: ignore[attr-defined]
RHYTHMS = {
    "media_nasional": 900,
    "media_daerah": 1800,
    "cek_fakta": 1800,
    "penyelenggara_pemilu": 3600,
    "pemerintah_pusat": 3600,
    "pemda": 3600,
    "partai": 3600,
    "lainnya": 3600,
}
PRIORITY_WEIGHTS = ("hoax", "election", "stance", "stage", "region", "fresh", "repeat")

Text = Annotated[str, AfterValidator(checks.plain)]
Name = Annotated[str, AfterValidator(checks.named)]
Flag = Annotated[bool, Strict()]
Port = Annotated[int, Strict(), Field(ge=0, le=65535)]
Code = Annotated[str, AfterValidator(checks.code)]
Zone = Annotated[str, AfterValidator(checks.zone)]
Cidr = Annotated[str, AfterValidator(checks.network)]
Address = Annotated[str, AfterValidator(addresses.address)]
Base = Annotated[str, AfterValidator(addresses.base)]
Proxy = Annotated[str, AfterValidator(addresses.proxy)]
Mail = Annotated[str, AfterValidator(checks.mail)]
Day = Annotated[date, BeforeValidator(checks.day)]
Clock = Annotated[time, BeforeValidator(checks.clock)]
Css = Annotated[str, AfterValidator(checks.selector)]
Weight = Annotated[float, BeforeValidator(checks.weight)]
CLOSED = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Office:
    """[office]: who runs this Jernih. `contact` goes into the User-Agent; without it the sources stay paused.
    `second_signature` says whose the second signature under a finding or a clarification is."""

    __pydantic_config__ = CLOSED
    name: Text = ""
    code: Code = ""
    zone: Zone = "WIB"
    contact: Annotated[str, AfterValidator(addresses.contact)] = ""
    second_signature: Signers = "redaktur atau kepala"


@dataclass(frozen=True, slots=True)
class Network:
    """[network]: `allow` are networks (CIDR) that collectors may reach although not public; `proxy` "" is none."""

    __pydantic_config__ = CLOSED
    allow: Annotated[tuple[Cidr, ...], Field(max_length=100)] = ()
    proxy: Proxy = ""


@dataclass(frozen=True, slots=True)
class Public:
    """[public]: the address under which people see the published pages, without a slash at its end; "" is none.
    `answer_days` are the working days within which a hak jawab or request for correction is answered."""

    __pydantic_config__ = CLOSED
    url: Base = ""
    answer_days: Annotated[int, Strict(), Field(ge=1, le=30)] = 3


@dataclass(frozen=True, slots=True)
class Desk:
    """[desk]: where the pages listen. `hosts` are further names that the Host header may carry."""

    __pydantic_config__ = CLOSED
    host: Annotated[str, AfterValidator(addresses.listening)] = "127.0.0.1"
    port: Port = 8765
    metrics_port: Port = 8766
    trusted_proxies: Annotated[tuple[Cidr, ...], Field(max_length=100)] = ()
    hosts: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Archive:
    """[archive]: bytes of pages that no konten and no bukti needs are kept `days`, the texts of dismissed konten
    `dismissed_days`, the evidence of finished cases `evidence_years`."""

    __pydantic_config__ = CLOSED
    days: Annotated[int, Strict(), Field(ge=1, le=3650)] = 30
    dismissed_days: Annotated[int, Strict(), Field(ge=1, le=36500)] = 90
    evidence_years: Annotated[int, Strict(), Field(ge=1, le=100)] = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """[deadline]: in what time (seconds; on disk "3h") an answer is aimed at, and in what time it is promised."""

    __pydantic_config__ = CLOSED
    target: Annotated[int, BeforeValidator(checks.duration)] = 3 * 3600
    promise: Annotated[int, BeforeValidator(checks.duration)] = 24 * 3600


@dataclass(frozen=True, slots=True)
class Sample:
    """[sample]: what is looked at by chance: how many unflagged `articles` a week, which share (0-1) of `dismissals`.
    `seed` is the office's own secret, so that nobody knows beforehand what is drawn."""

    __pydantic_config__ = CLOSED
    articles: Annotated[int, Strict(), Field(ge=0, le=200)] = 20
    dismissals: Annotated[float, BeforeValidator(checks.share)] = 0.05
    seed: Text = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """[catalogue]: which of the shipped sources are watched. `regions` () is all; "00" is always among them."""

    __pydantic_config__ = CLOSED
    enabled: Flag = True
    regions: Annotated[tuple[Code, ...], Field(max_length=600)] = ()


@dataclass(frozen=True, slots=True)
class Notices:
    """[notices]: mail to the on-call list. Quiet hours are in the office's zone and may pass midnight; `urgent` is the
    priority from which a konten is told at once, also at night (None: never). The password is no setting: it comes
    from the environment, JERNIH_SMTP_PASSWORD."""

    __pydantic_config__ = CLOSED
    mail_from: Annotated[str, AfterValidator(checks.mail_if_any)] = ""
    to: tuple[Mail, ...] = ()
    smtp: Annotated[str, AfterValidator(addresses.server)] = ""
    port: Annotated[int, Strict(), Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "tanpa"] = "starttls"
    user: Text = ""
    quiet_from: Clock | None = None
    quiet_to: Clock | None = None
    urgent: Weight | None = None


@dataclass(frozen=True, slots=True)
class Lists:
    """[digest]: who gets the weekly digest by mail: `to` the internal edition, `external_to` the one for others."""

    __pydantic_config__ = CLOSED
    to: Annotated[tuple[Mail, ...], Field(max_length=100)] = ()
    external_to: Annotated[tuple[Mail, ...], Field(max_length=100)] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """[[election.stage]]: one stage of an election; both days belong to it (the office's zone). Stages may overlap."""

    __pydantic_config__ = CLOSED
    name: Name
    start: Day
    end: Day
    kind: StageKind = ""


def ordered(stage: Stage) -> Stage:
    """The stage, if it does not end before it starts."""
    if stage.end < stage.start:
        raise checks.Unfit(
            f"tahap “{stage.name}” berakhir ({stage.end}) sebelum mulai ({stage.start})",
            "stage ends before it starts",
            "end",
        )
    return stage


@dataclass(frozen=True, slots=True)
class Election:
    """[[election]]: one election with its dated stages; `regulation` is the rule that set the dates. On polling day
    masa tenang ends when the polls close (the office's zone); `quiet_text` is what is said to whoever must wait."""

    __pydantic_config__ = CLOSED
    name: Name
    regulation: Text = ""
    polls_close: Clock = time(13)
    quiet_text: Text = ""
    stages: Annotated[tuple[Annotated[Stage, AfterValidator(ordered)], ...], Field(alias="stage")] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """[[candidate]]: one candidate or pair. `names` are the people's, `aliases` what else they are called."""

    __pydantic_config__ = CLOSED
    names: Annotated[tuple[Name, ...], Field(min_length=1)]
    aliases: tuple[Name, ...] = ()
    parties: tuple[Name, ...] = ()
    slogans: tuple[Name, ...] = ()
    number: Annotated[int, Strict(), Field(ge=1, le=99)] | None = None
    incumbent: Flag = False
    code: Code = ""
    election: Text = ""


@dataclass(frozen=True, slots=True)
class Official:
    """[[official]]: a body whose word is an official source, and who in the office confirmed domain and accounts."""

    __pydantic_config__ = CLOSED
    name: Name
    domain: Annotated[str, AfterValidator(checks.domain)]
    accounts: tuple[Address, ...] = ()
    confirmed_by: Text = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """[[conflict]]: a name that needs a signature from outside the office (its own head, a running incumbent)."""

    __pydantic_config__ = CLOSED
    name: Name
    aliases: tuple[Name, ...] = ()
    reason: Text = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """[[channel]]: where publications may be sent: exactly this scheme, host and port. A private address only with
    `private`, pinned to `pin`. `target` is the place inside it (a Telegram channel, for kind mail the address of the
    list, which needs no url). The secret stands in the environment variable or 0600 file that `secret` names. At
    WordPress a person publishes what is sent as a `draft`."""

    __pydantic_config__ = CLOSED
    name: Name
    kind: Literal["wordpress", "telegram", "webhook", "mail"]
    url: Annotated[str, AfterValidator(addresses.address_if_any)] = ""
    enabled: Flag = True
    private: Flag = False
    pin: Annotated[str, AfterValidator(addresses.pin)] = ""
    user: Text = ""
    target: Text = ""
    secret: Annotated[str, AfterValidator(checks.variable)] = ""
    draft: Flag = True


@dataclass(frozen=True, slots=True)
class Selectors:
    """[source.selectors]: CSS selectors, any may be "". `item`, `link`, `title`, `date` read a listing (the last three
    inside an item); `article`, `drop`, `article_title`, `article_date`, `article_author` read an article's page."""

    __pydantic_config__ = CLOSED
    item: Css = ""
    link: Css = ""
    title: Css = ""
    date: Css = ""
    article: Css = ""
    drop: tuple[Css, ...] = ()
    article_title: Css = ""
    article_date: Css = ""
    article_author: Css = ""


@dataclass(frozen=True, slots=True)
class Source:
    """[[source]]: a place we watch (sumber). `rhythm` is in seconds (on disk "30m"), `code` a kode wilayah ("00" the
    whole country, "" unknown), `robots_exception` the reason for not asking robots.txt ("" asks it). `pers`: is it a
    press outlet? `evidence` how the address came to be known. `origin` is no key: where the row stands."""

    __pydantic_config__ = CLOSED
    name: Name
    url: Address
    kind: Kind
    category: Category = "lainnya"
    region: Text = ""
    code: Code = ""
    zone: Zone = "WIB"
    rhythm: Annotated[int, BeforeValidator(checks.duration)] = 3600
    enabled: Flag = True
    selectors: Selectors | None = None
    robots_exception: Text = ""
    pers: Annotated[Literal["ya", "tidak", "tidak diketahui"], BeforeValidator(checks.yes_no)] = "tidak diketahui"
    trust: Literal["", "tinggi", "sedang", "rendah"] = ""
    trusted_by: Text = ""
    owner: Literal["", "media", "penyelenggara", "partai", "kantor"] = ""
    evidence: Literal["operator", "ditangkap", "repo publik", "halaman", "rendah"] = "operator"
    note: Text = ""
    origin: Literal["katalog", "feeds.toml"] = "feeds.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """All of feeds.toml over the shipped catalogue. `sources` holds the disabled ones too; `warnings` are Indonesian
    sentences about what is allowed but should be looked at; `priority` holds only the weights that the operator set."""

    office: Office = Office()
    network: Network = Network()
    public: Public = Public()
    desk: Desk = Desk()
    archive: Archive = Archive()
    deadline: Deadline = Deadline()
    sample: Sample = Sample()
    catalogue: Catalogue = Catalogue()
    notices: Notices = Notices()
    digest: Lists = Lists()
    elections: tuple[Election, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    officials: tuple[Official, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    channels: tuple[Channel, ...] = ()
    priority: dict[str, float] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def watched(self) -> tuple[Source, ...]:
        """The enabled sources."""
        return tuple(source for source in self.sources if source.enabled)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in feeds.toml: its line (from 1; 0 unknown), a sentence, and the cause for the log."""

    line: int
    sentence: str
    cause: str


class ConfigError(Exception):
    """feeds.toml cannot be used. `problems` are all that was found, in the order of their lines."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"line {problem.line}: {problem.cause}" for problem in problems))
        self.problems = problems

    def sentences(self, path: str = "feeds.toml") -> tuple[str, ...]:
        """One Indonesian sentence per problem, with the file and the line in front."""
        return tuple(
            f"{path} baris {problem.line}: {problem.sentence}" if problem.line else f"{path}: {problem.sentence}"
            for problem in self.problems
        )
