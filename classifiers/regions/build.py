"""CSV folder of idn-area-data -> gazetteer files: how classifiers/data/regions is made, run by hand.

`python -m classifiers.regions.build CSV_DIR OUT_DIR`, where CSV_DIR holds provinces.csv, regencies.csv and
districts.csv of the npm package idn-area-data (its folder `data`). Same input, same bytes.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory


def rows(path: Path) -> list[dict[str, str]]:
    """Rows of one of the package's CSV files, in code order."""
    with path.open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: row["code"])


def clean(name: str) -> str:
    """A name without doubled spaces and without the separators of our files."""
    return " ".join(name.replace(";", " ").replace(",", " ").split())


def gazetteer_lines(areas: Iterable[dict[str, str]]) -> list[str]:
    """`code,name` lines of provinces and regencies."""
    return [f"{area['code']},{clean(area['name'])}" for area in areas]


def district_lines(districts: Iterable[dict[str, str]], ordinary: frozenset[str]) -> list[str]:
    """One line per kabupaten/kota: `35.71;01 Mojoroto;02 !Kota`; `!` marks a name that is an ordinary word."""
    found = defaultdict(list)
    for row in districts:
        name = clean(row["name"])
        mark = "!" if name.lower() in ordinary else ""
        found[row["regency_code"]].append(f"{row['code'][6:]} {mark}{name}")
    return [";".join([code, *found[code]]) for code in sorted(found)]


def build(source: Path, out: Path) -> tuple[int, int]:
    """Write gazetteer.csv and districts.csv to `out`; returns how many areas and districts they hold."""
    areas = sorted(rows(source / "provinces.csv") + rows(source / "regencies.csv"), key=lambda row: row["code"])
    districts = rows(source / "districts.csv")
    ordinary = frozenset(StemmerFactory().get_words())
    out.mkdir(parents=True, exist_ok=True)
    (out / "gazetteer.csv").write_text("\n".join(gazetteer_lines(areas)) + "\n", encoding="utf-8")
    (out / "districts.csv").write_text("\n".join(district_lines(districts, ordinary)) + "\n", encoding="utf-8")
    return len(areas), len(districts)


def main(arguments: list[str]) -> int:
    """Entrance: 0 done, 2 wrong use."""
    if len(arguments) != 2:
        print("usage: python -m classifiers.regions.build CSV_DIR OUT_DIR", file=sys.stderr)
        return 2
    areas, districts = build(Path(arguments[0]), Path(arguments[1]))
    print(f"{areas} areas, {districts} districts")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
