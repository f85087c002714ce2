"""Currencies as three languages write them: signs, codes and names, with their units (ISO 4217).

From general knowledge. Patterns are matched without regard to case.
"""

SIGNS = {
    "us$": "USD", "u$s": "USD", "usd$": "USD", "$": "USD", "c$": "CAD", "ca$": "CAD", "a$": "AUD", "au$": "AUD",
    "nz$": "NZD",
    "hk$": "HKD", "s$": "SGD", "nt$": "TWD", "mx$": "MXN", "mxn$": "MXN", "ar$": "ARS", "col$": "COP", "cop$": "COP",
    "r$": "BRL", "rd$": "DOP", "j$": "JMD", "tt$": "TTD", "£": "GBP", "€": "EUR", "₹": "INR", "¥": "JPY", "₩": "KRW",
    "₽": "RUB", "₺": "TRY", "₴": "UAH", "₦": "NGN", "₪": "ILS", "₱": "PHP", "₡": "CRC", "₲": "PYG", "rs ": "INR",
    "rs.": "INR", "re ": "INR", "s/": "PEN", "s/.": "PEN", "bs.": "BOB",
}  # fmt: skip
CODES = frozenset(
    "USD EUR GBP CAD AUD NZD CHF JPY CNY RMB HKD SGD INR PKR BRL MXN ARS CLP COP PEN UYU DOP PYG BOB VES GTQ HNL CRC "
    "NIO HTG RUB UAH TRY ILS IRR AED SAR QAR KWD EGP ZAR NGN KES KRW TWD PHP IDR MYR "
    "THB PLN SEK NOK DKK CZK HUF".split()
)
#: Dollars of a country, before the names in which "dollars" alone are those of the United States.
DOLLAR = {
    r"canadian dollars?|d[oó]lares canadienses": "CAD", r"australian dollars?|d[oó]lares australianos": "AUD",
    r"new zealand dollars?": "NZD", r"hong kong dollars?": "HKD", r"singapore dollars?": "SGD",
    r"jamaican dollars?": "JMD", r"taiwan dollars?": "TWD",
}  # fmt: skip
NAMES = {
    **DOLLAR,
    r"(?:u\.?s\.? |american )?dollars?|d[oó]lar(?:es)?(?: estadounidenses| americanos)?|bucks": "USD",
    r"euros?": "EUR",
    r"(?:british )?pounds?(?: sterling)?|libras?(?: esterlinas)?": "GBP",
    r"egyptian pounds?": "EGP", r"syrian pounds?": "SYP", r"lebanese pounds?|lebanese lira": "LBP",
    r"reais|real": "BRL",
    r"pakistani rupees?": "PKR", r"sri lankan rupees?": "LKR", r"rupees?|rupias?": "INR",
    r"mexican pesos?|pesos mexicanos": "MXN", r"colombian pesos?|pesos colombianos": "COP",
    r"argentine pesos?|pesos argentinos": "ARS", r"chilean pesos?|pesos chilenos": "CLP",
    r"dominican pesos?|pesos dominicanos": "DOP", r"uruguayan pesos?|pesos uruguayos": "UYU",
    r"philippine pesos?|pesos filipinos": "PHP", r"pesos?": "peso",
    r"swiss francs?|francos suizos|francos suíços": "CHF", r"cfa francs?": "XOF", r"francs?|francos": "CHF",
    r"roubles?|rubles?|rublos?": "RUB", r"yuan(?:es)?|renminbi": "CNY", r"yen(?:es)?|ienes": "JPY", r"won": "KRW",
    r"turkish lira|liras turcas|liras?": "TRY", r"hryvnias?": "UAH", r"shekels?|séqueles": "ILS",
    r"(?:saudi )?riyals?": "SAR", r"dirhams?": "AED", r"(?:iranian )?rials?": "IRR", r"rand": "ZAR", r"nairas?": "NGN",
    r"(?:kenyan )?shillings?": "KES", r"z[łl]otys?": "PLN", r"afghanis?": "AFN", r"quetzal(?:es)?": "GTQ",
    r"lempiras?": "HNL", r"córdobas?": "NIO", r"colones": "CRC", r"soles": "PEN", r"bol[ií]vares": "VES",
    r"bolivianos": "BOB", r"guaran[ií](?:es|s)?": "PYG", r"gourdes?": "HTG",
}  # fmt: skip
PESOS = {
    r"\bm[eé]xic": "MXN", r"\bcolomb|\bbogot": "COP", r"\bargentin|\bbuenos aires": "ARS", r"\bchile": "CLP",
    r"\bdominican|\bsanto domingo": "DOP", r"\burugua": "UYU", r"\bphilippin|\bfilipin|\bmanila": "PHP",
    r"\bcuba": "CUP",
}  # fmt: skip
