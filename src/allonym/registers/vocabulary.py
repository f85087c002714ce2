"""The words a register file may use that FollowTheMoney or ISO defines.

Takes one word; says whether it is known. Must not correct it.
"""

import warnings

from followthemoney import model as ftm
from followthemoney.types import registry

# normality says so once a process; the install is free of PyICU on purpose (docs/dependencies.md).
warnings.filterwarnings("ignore", message="Install 'pyicu'")

# ISO 4217, active codes.
CURRENCIES = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
    COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS
    INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP
    MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR
    SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND
    VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
    """.split()
)


def is_currency(word: str) -> bool:
    """Whether it is an ISO 4217 code."""
    return word in CURRENCIES


def is_schema(word: str) -> bool:
    """Whether it is an FtM schema."""
    return word in ftm.schemata


def is_a(schema: str, parent: str) -> bool:
    """Whether the one schema is, or derives from, the other; false for what is no schema."""
    return is_schema(schema) and bool(ftm.schemata[schema].is_a(parent))


def has_property(schema: str, prop: str) -> bool:
    """Whether the schema has that property, own or inherited."""
    return prop in ftm.schemata[schema].properties


def is_country(word: str) -> bool:
    """Whether it is FtM's code of a country or territory, and not only a name of one."""
    return word in registry.country.names


def is_topic(word: str) -> bool:
    """Whether it is an FtM topic."""
    return word in registry.topic.names
