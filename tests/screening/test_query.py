"""Names and FtM-like dicts as queries."""

import subprocess
import sys

import pytest

from allonym.errors import InputError, UsageError
from allonym.model import NAME_PROPS
from allonym.screening.query import ANY_SCHEMA, MAX_NAME, NAMED, Query, clean_name, known_schema


def test_bare_name() -> None:
    query = Query.from_name("  Ana \t Pérez\x00 ")
    assert query == Query(1, None, ANY_SCHEMA, {"name": ["Ana Pérez"]})
    assert query.caption == "Ana Pérez"


@pytest.mark.parametrize(
    "name", ["", "   ", "...", "-—-", "\x00\x1b", "\u202e", "a" * (MAX_NAME + 1), "x" * 100_000, "a\udc80"]
)
def test_unusable_names(name: str) -> None:
    with pytest.raises(InputError) as caught:
        clean_name(name)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 200
    str(caught.value).encode()


def test_longest_name_passes() -> None:
    assert len(clean_name("a" * MAX_NAME)) == MAX_NAME


@pytest.mark.parametrize("name", ["李", "محمد", "Ñ", "7", "กรุงเทพ"])
def test_short_names_in_any_script_pass(name: str) -> None:
    assert clean_name(name) == name


def test_dict_is_cleaned() -> None:
    query = Query.from_dict(
        {
            "id": 7,
            "schema": "Person",
            "properties": {"name": ["Ana"], "birthDate": "1960-05-17", "nationality": ["México", "MX"]},
        }
    )
    assert query.id == "7"
    assert query.properties == {"name": ["Ana"], "birthDate": ["1960-05-17"], "nationality": ["mx"]}


def test_dict_of_unknown_kind_may_have_what_any_kind_has() -> None:
    query = Query.from_dict({"properties": {"name": ["Ana"], "birthDate": ["1960"], "imoNumber": ["9187629"]}})
    assert query.schema == ANY_SCHEMA
    assert query.properties["birthDate"] == ["1960"]


@pytest.mark.parametrize(
    ("entity", "says"),
    [
        ({"schema": "Person"}, "properties"),
        ({"schema": "Person", "properties": {"birthDate": ["1960"]}}, "no name"),
        ({"schema": "Nobody", "properties": {"name": ["A"]}}, "Nobody"),
        ({"schema": "Person", "properties": {"name": ["A"], "birthdate": ["1960"]}}, "birthdate"),
        ({"schema": "Person", "properties": {"name": ["A"], "birthDate": ["17/05/60"]}}, "birthDate"),
        ({"schema": "Person", "properties": {"name": [{"a": 1}]}}, "dict"),
        ({"schema": "Person", "properties": {"name": ["A"] * 201}}, "201"),
    ],
)
def test_unusable_dicts(entity: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says):
        Query.from_dict(entity)


def test_with_warnings_the_rest_is_used() -> None:
    told: list[tuple[str, str]] = []
    query = Query.from_dict(
        {"schema": "Person", "properties": {"name": ["A"], "birthDate": ["17/05/60"], "no": ["x"]}},
        warn=lambda what, value: told.append((what, value)),
    )
    assert query.properties == {"name": ["A"]}
    assert [value for _, value in told] == ["17/05/60", "no"]


def test_known_schema() -> None:
    assert known_schema(None) is None
    assert known_schema("Vessel") == "Vessel"
    with pytest.raises(UsageError):
        known_schema("vessel")


def test_schemata_read_without_ftm_have_all_names() -> None:
    from allonym.sources import values

    assert all(values.is_schema(schema) for schema in NAMED)
    assert all(values.has_property(schema, prop) for schema in NAMED for prop in NAME_PROPS)


def test_a_bare_name_does_not_load_ftm() -> None:
    code = (
        "import sys; from allonym.screening.query import Query; Query.from_name('Ana');"
        "Query.from_dict({'schema': 'Person', 'properties': {'name': ['Ana'], 'alias': ['Anna']}});"
        "sys.exit(any(m in sys.modules for m in ('followthemoney', 'pyarrow', 'rigour')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_query_of_one_name_alone_is_read_as_any_other() -> None:
    for name in ("  Sergei \t Lavrov", "صدام حسين", "«Zavod»"):
        alone, beside = (Query.from_dict({"properties": {"name": given}}) for given in ([name], [name, name]))
        assert alone == beside
    with pytest.raises(InputError, match="no name"):
        Query.from_dict({"properties": {"name": [" "]}})
