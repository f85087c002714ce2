import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allonym.sources.us_ofac_labels import Labelled
from allonym.sources.us_ofac_listing import Alias
from allonym.sources.us_ofac_remarks import parse, printed_labels

PASSPORT = "Passport U00618757 (Turkey) issued 12 Aug 2010 expires 11 Aug 2020"


def only(text: str) -> Labelled:
    found = parse(text, final_dot=True)
    assert not found.plain and len(found.labelled) == 1
    return found.labelled[0]


def test_every_kind_of_part_goes_to_its_own_field() -> None:
    found = parse(
        "DOB circa 1960; alt. DOB 1955 to 1957; POB Kuta, Bali; nationality Iraq; alt. citizen Korea, North; "
        f"{PASSPORT}; Minister of Finance; a.k.a. 'AL-X, Y'; f.k.a. 'OLD'; Linked To: ALFA; Linked To: BETA CO.",
        final_dot=True,
    )
    assert found.births == ("circa 1960", "1955 to 1957")
    assert found.places == ("Kuta, Bali",)
    assert (found.nationalities, found.citizenships) == (("Iraq",), ("Korea, North",))
    assert found.aliases == (Alias("AL-X, Y", "aka", weak=True), Alias("OLD", "fka", weak=True))
    assert found.labelled == (
        Labelled("Passport", "U00618757", country="Turkey", issued="12 Aug 2010", expires="11 Aug 2020"),
    )
    assert found.plain == ("Minister of Finance",)
    assert found.links == ("ALFA", "BETA CO")
    assert found.cut == ""


@pytest.mark.parametrize(
    ("text", "label", "value", "country"),
    [
        ("NIT # 800146749-7 (Colombia).", "NIT #", "800146749-7", "Colombia"),
        ("alt. C.U.R.P. # HESU430525HBCRMR05 (Mexico)", "C.U.R.P.", "HESU430525HBCRMR05", "Mexico"),
        ("Registration Number 189556 (Korea, North).", "Registration Number", "189556", "Korea, North"),
        ("File Number 7136946 (Delaware) (United States)", "File Number", "7136946 (Delaware)", "United States"),
        ("National ID No.: 1372584, Kenya", "National ID No.", "1372584", "Kenya"),
        ("NIT # Provisional (Colombia)", "NIT #", "Provisional", "Colombia"),
        ("SWIFT/BIC KDBKKPPY", "SWIFT/BIC", "KDBKKPPY", None),
        ("Vessel Registration Identification IMO 9187629", "Vessel Registration Identification", "IMO 9187629", None),
        ("International Maritime Organization No. (5777731)", "Identification Number", "IMO 5777731", None),
        ("alt. Digital Currency Address - XBT 1Kuf2Rd8", "Digital Currency Address - XBT", "1Kuf2Rd8", None),
        ("Email:adelb@shabakah.net.sa", "Email Address", "adelb@shabakah.net.sa", None),
        ("www.almanar.com.lb.", "Website", "www.almanar.com.lb", None),
        ("http://www.sanabel.org.uk (website)", "Website", "http://www.sanabel.org.uk", None),
        ("Telephone (98)(21)(66153220)", "Phone Number", "(98)(21)(66153220)", None),
        (
            "Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201 and 510.210",
            "Secondary sanctions risk:", "North Korea Sanctions Regulations, sections 510.201 and 510.210", None,
        ),
        (
            "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions: section 510.214",
            "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions:",
            "section 510.214", None,
        ),
        (
            "alt. Executive Order 13662 Directive Determination - Subject to Directive 4",
            "Executive Order 13662 Directive Determination -", "Subject to Directive 4", None,
        ),
        ("Listing Date (EO 14024 Directive 3): 24 Feb 2022", "Listing Date (EO 14024 Directive 3):", "24 Feb 2022",
         None),
    ],
)  # fmt: skip
def test_labels_are_parted_as_the_xml_prints_them(text: str, label: str, value: str, country: str | None) -> None:
    assert only(text) == Labelled(label, value, country=country)


@pytest.mark.parametrize(
    "text",
    ["Passport issued in Sarajevo, Bosnia-Herzegovina", "all offices worldwide", "License to kill", "DOBERMAN 1960"],
)
def test_sentences_are_no_labels(text: str) -> None:
    found = parse(text)
    assert found.plain == (text,)
    assert not found.labelled and not found.births


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("(Linked To: ALFA; Linked To: BETA)", ("ALFA", "BETA")),
        ("ICTY indictee; (Linked To: CORPS (IRGC)-QODS FORCE)", ("CORPS (IRGC)-QODS FORCE",)),
        ("(Linked To: GUARD CORPS (IRGC); Linked To: BETA (B))", ("GUARD CORPS (IRGC)", "BETA (B)")),
        ("Linked To: BETA (B)", ("BETA (B)",)),
        ("(Linked To: DIAB, Adel)", ("DIAB, Adel",)),
    ],
)
def test_brackets_of_targets_are_kept(text: str, links: tuple[str, ...]) -> None:
    assert parse(text).links == links


def test_the_last_dot_is_the_sentence_s_unless_an_abbreviation_has_it() -> None:
    assert parse("Linked To: ROSAL S.A.", final_dot=True).links == ("ROSAL S.A.",)
    assert parse("Linked To: HIZBALLAH.", final_dot=True).links == ("HIZBALLAH",)
    assert parse("(Linked To: A CO.)").links == ("A CO.",)


def test_a_cut_part_is_kept_apart() -> None:
    found = parse("DOB 1960; alt. Digital Currency Address - XBT 1Gq", is_cut=True)
    assert found.births == ("1960",)
    assert found.cut == "alt. Digital Currency Address - XBT 1Gq"
    assert not found.labelled


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(printed_labels())), min_size=1, max_size=6))
def test_a_known_label_with_a_number_is_never_plain(stems: list[str]) -> None:
    found = parse("; ".join(f"{stem} 1234567" for stem in stems))
    assert len(found.labelled) == len(stems)
    assert [item.label for item in found.labelled] == [printed_labels()[stem] for stem in stems]


@settings(deadline=None)
@given(st.text(max_size=300), st.booleans(), st.booleans())
def test_nothing_is_lost(text: str, final_dot: bool, is_cut: bool) -> None:
    found = parse(text, final_dot=final_dot, is_cut=is_cut)
    kept = " ".join([
        *found.plain, *found.links, *found.births, *found.places, *found.nationalities, *found.citizenships, found.cut,
        *(a.text for a in found.aliases), *(i.text for i in found.labelled),
    ])  # fmt: skip
    for word in text.replace(";", " ").split():
        stripped = word.strip(".()'\"")
        if len(stripped) > 12:  # longer than any word that marks a part
            assert stripped in kept
