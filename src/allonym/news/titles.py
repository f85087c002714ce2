"""Media whose titles are common words: "El Comercio", "Expresso", "The Sun".

Takes the text with the mentions taken so far; adds media where they report or are told something. Must not take the
words elsewhere.
"""

import re

from allonym.news.reading import Mention, Span
from allonym.news.taken import Taken

_TITLES = (
    "The Nation", "The National", "The Star", "The Sun", "The Age", "The Standard", "The Citizen", "The Journal",
    "The Times",
    "The Herald", "The Mirror", "The Post", "The Record", "The Independent", "The Australian", "Dawn", "Punch", "NRC",
    "RBC",
    "Kan", "Fars", "Mehr", "Asahi", "Tempo", "Stuff", "Newsday", "Time", "Fortune", "Wired", "Nine News", "Le Temps",
    "Il Fatto Quotidiano",
    "De Tijd", "NOS", "VG", "N1", "Postimees", "Naharnet", "Al Jadeed", "Hiiraan", "Inquirer", "DPA", "dpa", "ABC",
    "BIRN",
    "Reforma", "Proceso", "El Norte", "Zeta", "Noroeste", "El Debate", "Semana", "Revista Semana", "El Colombiano",
    "Cambio",
    "El País de Cali", "Expreso", "El Comercio", "La Hora", "GK", "La República", "Gestión", "La Tercera", "TN",
    "Perfil",
    "La Capital", "Ámbito", "Últimas Noticias", "Última Hora", "El Deber", "La Prensa", "ContraCorriente", "Criterio",
    "Confidencial", "La Teja", "Acento", "La Opinión", "El Sol", "La Verdad", "El Diario", "La Voz", "La Crónica",
    "El Faro",
    "Record", "Band", "Veja", "IstoÉ", "Piauí", "Ponte", "Estado de Minas", "O Tempo", "A Tarde", "Correio", "O Povo",
    "Época",
    "Público", "Expresso", "JN", "DN", "Sábado", "Visão", "Renascença", "O País", "Savana", "Club-K", "Sol",
    "Observador", "O Dia",
    "Extra", "Valor", "Crusoé", "Exame",
)  # fmt: skip
#: Papers that write their own name in capitals.
_CAPITALS = tuple(title.upper() for title in _TITLES if len(title) > 4)
_FULL = "|".join(sorted({*_TITLES, *_CAPITALS, "GLOBO", "The Globe", "Globo"}, key=len, reverse=True))
_REPORTS = (
    r"(?:reported|reports|wrote|revealed|said|published|has learned|informó|publicó|reveló|reportó|adelantó|citó"
    r"|consignó"
    r"|noticiou|revelou|publicou|avançou|avançara|informou|apurou|escreveu|adiantou|divulgou|cita|informa|publica"
    r"|revela)"
)
_TELLS = (
    r"(?:told|tells|telling|whom|spoke to|speaking to|confirmed to|statement to|statements to|email to"
    r"|according to|reported by|published by|seen by|obtained by|interview with|newspaper|magazine"
    r"|broadcaster"
    r"|(?:dijo|contó|declaró|aseguró|afirmó|confirmó|reveló|comentó|explicó|relató|dijeron|contaron|declararon"
    r"|aseguraron|confirmaron|explicaron|señaló|señalaron|indicó|indicaron|detalló|detallaron|precisó|confesó"
    r"|admitió|negó|desmentido|desmintió|advirtió|adelantó|adelantaron|habló con|hablaron con|respondió|comunicó"
    r"|decir|contar|explicar|declarar|dicho|declarado|explicado|confirmado) (?:ayer |hoy )?a|entrevista con"
    r"|diario|periódico"
    r"|revista|semanario"
    r"|portal|[Ss]egún(?: informó| publicó| reveló)?|consultad[oa]s? por|publicad[oa] por|revelad[oa] por"
    r"|citad[oa] por|fuentes de"
    r"|(?:disse|contou|declarou|afirmou|confirmou|revelou|explicou|garantiu|adiantou|assegurou|disseram|contaram"
    r"|confirmaram|afirmaram|explicaram|falou|falaram|indicou|negou|admitiu|confidenciou|relatou|dito|dizer|explicado"
    r"|confirmado|avançou|referiu|confessou) (?:ontem |hoje )?(?:a|à|ao|com o|com a)"
    r"|entrevista (?:a|à|ao)"
    r"|jornal|[Ss]egundo|ouvid[oa]s? (?:pelo|pela)|noticiad[oa] (?:pelo|pela)|citad[oa] (?:pelo|pela)"
    r"|avançad[oa] (?:pelo|pela))"
)
_TOLD = re.compile(rf"\b{_TELLS} (?:(?:the|el|la|o|a|los) )?(?P<name>{_FULL})(?![\w-]| (?:de |do |da )?[A-Z])")
_DOES = re.compile(
    rf"(?<![\w-])(?:[Tt]he |[Oo] |[Aa] |[Ee]l |[Ll]a )?(?P<name>{_FULL})(?: (?:newspaper|magazine))?,? {_REPORTS}\b"
)
_SAID_BY = re.compile(
    r"\b(?:reveló|publicó|informó|reportó|adelantó|noticiou|revelou|informou|avançou|publicou) (?:[oa] |el |la )?"
    rf"(?P<name>{_FULL})(?=[,.;]| (?:em|en|no|na|nesta|este|esta)\b)"
)


def titles(text: str, found: Taken) -> None:
    """Take media of common titles where they are told something or report it."""
    for pattern in (_TOLD, _DOES, _SAID_BY):
        for match in pattern.finditer(text):
            found.take(Mention(Span(*match.span("name")), "media", match["name"]))
