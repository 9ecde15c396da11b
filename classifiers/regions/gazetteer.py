"""Packaged lists -> Gazetteer: the 38 provinces, 514 kabupaten and kota, and their kecamatan, by kode wilayah."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from classifiers.model import packaged

KINDS = ("Kabupaten Administrasi ", "Kota Administrasi ", "Kabupaten ", "Kota ")
FIRST_CITY = 71
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
WITA = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
WIT = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})


@dataclass(frozen=True, slots=True)
class Area:
    """One province, kabupaten, kota or kecamatan; `name` is the official one ("Kota Tual"), `bare` without kind."""

    code: str
    name: str
    bare: str
    kind: str  # "provinsi", "kabupaten", "kota", "kecamatan"
    ordinary: bool = False  # a kecamatan whose name is also an ordinary word ("Pesantren")

    @property
    def province(self) -> str:
        """Code of the province that it lies in (its own, of a province)."""
        return self.code[:2]


def area(code: str, name: str) -> Area:
    """The Area of a province's or regency's line; its kind stands in the code (kota: 71 and above)."""
    kind = "provinsi" if len(code) == 2 else "kota" if int(code[3:]) >= FIRST_CITY else "kabupaten"
    prefix = next((prefix for prefix in KINDS if name.startswith(prefix)), "") if kind != "provinsi" else ""
    return Area(code, name, name[len(prefix) :], kind)


def plain(name: str) -> str:
    """A name as it is looked up: small letters, words apart by one blank, hyphens and points as blanks."""
    return " ".join(name.lower().replace("-", " ").replace(".", " ").split())


class Gazetteer:
    """The areas of the country by code; built from the text of gazetteer.csv and districts.csv.

    Source: npm package idn-area-data (ODbL, see classifiers/data/regions/ATTRIBUTION.md).
    """

    def __init__(self, areas: str, districts: str) -> None:
        lines = (line.split(",", 1) for line in areas.splitlines() if line)
        self._areas = {code: area(code, name) for code, name in lines}
        self._districts = districts

    def __contains__(self, code: object) -> bool:
        """Whether this is the code of an area, kecamatan included."""
        return isinstance(code, str) and (code in self._areas or self._district(code) is not None)

    def __iter__(self) -> Iterator[Area]:
        """Provinces, kabupaten and kota in code order."""
        return iter(self._areas.values())

    def area(self, code: str) -> Area | None:
        """The area of a code, or None where there is none."""
        return self._areas.get(code) or self._district(code)

    def name(self, code: str) -> str:
        """Official name, "Kota Tual"; "Kecamatan Mojoroto" for kecamatan; "" where the code does not exist."""
        found = self.area(code)
        if found is None:
            return ""
        return f"Kecamatan {found.name}" if found.kind == "kecamatan" else found.name

    def kind(self, code: str) -> str:
        """Kind in small letters ("provinsi", "kabupaten", "kota", "kecamatan"); "" where the code does not exist."""
        found = self.area(code)
        return found.kind if found else ""

    def province(self, code: str) -> str:
        """Code of the province of an area; "" where the code does not exist."""
        found = self.area(code)
        return found.province if found else ""

    def zone(self, code: str) -> str:
        """IANA time zone of an area's province ("Asia/Jayapura"); "" where the code does not exist."""
        return ZONES.get(self.zone_name(code), "")

    def zone_name(self, code: str) -> str:
        """Zone as written beside a time (WIB, WITA, WIT); "" where the code does not exist."""
        province = self.province(code)
        if not province:
            return ""
        return "WITA" if province in WITA else "WIT" if province in WIT else "WIB"

    def find(self, name: str) -> tuple[str, ...]:
        """Codes that bear this name, with its kind ("Kota Kediri", "Kab. Kediri") or bare ("Kediri": two)."""
        return self._names.get(plain(name), ())

    def districts(self, code: str) -> tuple[Area, ...]:
        """The kecamatan of a kabupaten, a kota or a whole province, in code order."""
        lines = (line for regency, line in self._lines.items() if code in (regency, regency[:2]))
        return tuple(district for line in lines for district in parse(line))

    def district_names(self) -> Counter[str]:
        """Plain names of all kecamatan of the country, with how many bear each."""
        return self._district_names

    def _district(self, code: str) -> Area | None:
        line = self._lines.get(code[:5]) if len(code) == 8 else None
        return next((district for district in parse(line) if district.code == code), None) if line else None

    @cached_property
    def _lines(self) -> dict[str, str]:
        return {line[:5]: line for line in self._districts.splitlines() if line}

    @cached_property
    def _district_names(self) -> Counter[str]:
        return Counter(plain(one.name) for line in self._lines.values() for one in parse(line))

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        names: dict[str, list[str]] = {}
        for one in self:
            for spelling in spellings(one):
                names.setdefault(spelling, []).append(one.code)
        return {name: tuple(codes) for name, codes in names.items()}


def spellings(one: Area) -> tuple[str, ...]:
    """Plain spellings of an official name: bare and with its kind, long or short, each once."""
    bare = plain(one.bare)
    kinds = {"provinsi": ("provinsi", "prov"), "kabupaten": ("kabupaten", "kab"), "kota": ("kota",)}[one.kind]
    return tuple(dict.fromkeys([bare, plain(one.name), *(f"{kind} {bare}" for kind in kinds)]))


def parse(line: str) -> Iterator[Area]:
    """Kecamatan of one line of districts.csv: `35.71;01 Mojoroto;02 !Kota`."""
    regency, *districts = line.split(";")
    for district in districts:
        number, name = district.split(" ", 1)
        bare = name.removeprefix("!")
        yield Area(f"{regency}.{number}", bare, bare, "kecamatan", ordinary=bare != name)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The shipped gazetteer, read once."""
    return Gazetteer(packaged("regions/gazetteer.csv"), packaged("regions/districts.csv"))
