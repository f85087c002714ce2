"""What stands around verbs and noun phrases of Spanish and Portuguese, and is none of them: adverbs, places, terms.

From general knowledge. Must not look at any text.
"""

import re

#: What a state acts by: "la aviación de Israel".
FORCES = re.compile(
    r"\W*(?:la |el |las |los |a |o |as |os |uma? |una? )?(?:\d+ |\w{3,9} )?(?:aviación|aviação|fuerzas?|forças?"
    r"|ejército|exército"
    r"|tropas|marina|marinha|cazas|elementos|agentes|efectivos|soldados|militares|policías|policiais|integrantes"
    r"|unidades"
    r"|personal|homens|equipes|fiscales|dron(?:es)?|misil(?:es)?|míssil|mísseis|aviones|avión|aviões|helicópteros?"
    r"|buques?|navios?)"
    r"(?: (?:aérea|armadas|navales|especiales|explosivos?|antidrogas|federales))?"
    r" (?:(?:enviad|lanzad|operad|disparad|lançad)[oa]s? (?:por|pel[oa]) )?(?:de la|de los|de|del|da|do|dos|la|el|los"
    r"|as|os)? ?",
    re.IGNORECASE,
)
PAST = re.compile(r"\s[a-záéíóúñãõç]+(?:ó|aron|ieron|eron|ou|aram|eram|iram|eu|iu)\b")
#: A verb, which no noun phrase goes beyond.
NO_MORE = re.compile(
    r"(?:(?:a|al|ao|à|aos|às)(?=\s)|[ye](?=\s(?:[a-zéí]+[ai]d[oa]s?|\w+(?:ó|[ai]eron|aron|ou"
    r"|[aei]ram))\b)"
    r"|\d[\d.,]* (?:mil|mill|milh|bil|euros|dólares|pesos)|(?:de|del|da|do)(?= (?:la "
    r"|su |sua )?(?:lista|registro|relação)\b)"
    r"|[a-zéíúáóçãõ]+[ai]d[oa]s?(?=\s(?:por|pel[oa]s?|en|em|na|no|con|com|desde)\s)"
    r"|\w+(?:ó|[ai]ron|eron|[aei]rán?|[aei]rão|[aei]rían|[aei]riam|aban|avam|[aei]ram"
    r"|(?<!\bs)(?<!\bm)(?<!europ)(?<!mus)(?<!jud)(?<!at)eu|iu|ou)"
    r"|sig(?:ue|uen)|entra[nm]?|viven?|vivem?|tienen?|têm|tem|continúan?|continuam?|asciende|sobe|sobem|sube|suben"
    r"|cai|cae|alcanza|preocupan?"
    r"|deja|quedan?"
    r"|sería|seria|estão|están|está|deteve|detuvo|impuso|impôs|puso|pôs|hizo|fez|disse|dijo|pide|pede|permanecen?"
    r"|niegan?|nega|negam|estaban?|estava|tenían?|tinha|había|havia|abre|supone|incluye"
    r"|inclui)(?!\w)",
)
#: A verb before its subject at the head of a sentence.
VERB_FIRST = re.compile(
    r"(?:Entran?|Siguen?|Rigen?|Contin[úu]a[nm]?|Vencen?|Llegan?|Suben?|Segu?em?|Vigoram?|Pesa[nm]?|Caen?|Allí|Ahí"
    r"|Aquí|Así|Luego|Después|También"
    r"|Entonces|Ayer|Hoy|Anoche|Ali|Lá|Aqui|Depois|Ontem|Hoje|Também)\b"
)
VERB_TOO = re.compile(r"\s[ye]\s(?:l[oa]s?\s)?\w+(?:ó|aron|ieron|ou|aram|eram|iram|iu|eu)(?=\s)")
#: What stands between a verb and its object: an adverb, a term of prison, the list that somebody is put on.
SKIPPED = re.compile(
    r"(?:,?\s(?:en |em |n)?(?:el |la |los |las |[oa]s? |est[ea]s? |neste |nesta )?(?:próxim[oa]s |últim[oa]s "
    r"|pasad[oa] |mism[oa] )?"
    r"(?:madrugada|mañana|tarde|noche|noite|manhã|víspera|véspera|fin de semana|fim de semana|días|dias|horas|semanas?"
    r"|mes|mês|meses)(?: (?:pasad[oa]|passad[oa]|anterior|siguiente|seguinte))?"
    r"(?: d(?:e|el|a|o|esta|este) (?:ayer|hoy|anteayer|ontem|hoje|[a-zç]+(?:-feira)?)(?: \([^)]*\))?)?,?(?=\s))?"
    r"(?:\s(?:\w+mente|hoy|hoje|ayer|ontem|también|também|ainda|además|já|ya))?(?:(?:\s(?:a|de"
    r"|por))?\s(?:una pena de |penas de )?(?:\d[\d.,]*|[a-zê]+)(?: años| anos"
    r"| meses| días| dias| semanas)(?: después| más tarde| antes| depois| mais tarde)?(?: y \w+| e \w+)*"
    r"(?: de (?:cárcel|prisión|prisão|reclusão|cadeia))?(?: (?:para|contra)(?= ))?|(?:\s(?:el|o|os|los))? (?:nome"
    r"|nombre)s? (?:de|do|da|del|dos|de los)(?= )|\s(?:a|à) (?:cadena perpetua|prisión perpetua|muerte"
    r"|prisão perpétua)"
    r"|\s(?:en|em|con|com|a|al)\s(?:un |um |el |o )?(?:hasta |até )?\d[\d.,]*(?: ?%| por ciento)"
    r"|\s(?:con|com) (?:drones?|misiles|mísseis|aviones|aviões|artillería|artilharia)(?: y \w+)?"
    r"|\s(?:como )?(?:una? |uma? )?(?:(?:organiza\w+|grupos?|entidad(?:es)?|entidades?|bandas?"
    r"|facç\w+) )?(?:narco)?terroristas?"
    r"(?: (?:extranjer|estrangeir|globa|internaciona)\w+)?(?: [ye] \w+)?"
    r"|\s(?:en|a|de|na|à|da|no|em|del|al|do)\s(?:su |sua |seu |la |el )?(?:lista|registro|relação|nómina"
    r"|listado)\b[^.;,]{0,60}?"
    r"(?=\s(?:(?:a|al|o|os|as)\s|(?-i:[A-ZÁÉÍÓÚ])[^.;,]*\s(?-i:[A-ZÁÉÍÓÚ]))))?",
    re.IGNORECASE,
)
#: … what stands between commas behind the list: "excluiu da lista, na quarta, o".
LIST_ASIDE = re.compile(
    r"\s(?:de|da|na|en|del) (?:la |su |sua )?(?:lista|relação|nómina)\b[^.;,]{0,40}, [^.;,]{2,30},(?=\s)", re.IGNORECASE
)
#: A place right before a name that it is no part of: "deteve em Faro Murilo Peixoto".
AT = re.compile(
    r"\s(?:en|em|no|na|nos|nas) (?:el |la |los |las )?[^.;,:]{2,40}\s(?:(?:o|a|ao|al|el|la) )?(?:[a-z-]+ )?$"
)
#: What is forbidden, up to whom: "prohibió la entrada al país a X".
ENTRY = re.compile(
    r"\s(?:la |el |las |a |o )?(?:entrada|ingreso|transferencias|transacciones|operaciones)\b(?: en el país"
    r"| al país| no país| a su territorio)?"
    r"(?P<of>\s(?:a|al|de|del|con|contra|do|da)\s(?:la |los |las |el )?)?"
)
TO_STATE = re.compile(
    r"\s(?:para|a|al) (?:o |os |a |la |los )?(?:Estados Unidos|[A-ZÁÉÍÓÚ][\w.]+)(?=\s(?:o|a|os|as|um|uma|al|dos"
    r"|dois|duas|\d+)\s)"
)
OF_CRIME = re.compile(r"\s(?:formalmente )?(?:de|por)\s[^,.;]{2,60}?(?=\sa(?:l| la| los| las)?\s)")
ORDERS = re.compile(
    r"órden(?:es)?|orden|orde[nm]s?|mandados?|cargos|querella|demanda|denúncia|denuncia|processo", re.IGNORECASE
)
UPON = re.compile(r"\scontra\s(?:la |el |los |las |o |a |os |as )?")
#: What stands before the subject: "Por él, ", "En Medellín, ".
FIRST = re.compile(
    r"\W*(?:(?:\w+[aií]d[oa]s?|pres[oa]s?)\s[^,.;:]{1,90},\s(?=[^\W\d])|[oe]l? (?:nome|nombre) d[eoa]l?\s|(?:por"
    r"|pel[oa]|para|sobre|en|em|n[ao]s?|desde|tras|após|según|segundo"
    r"|contra|con|com|entre|al|ao|durante"
    r"|hasta|até)"
    r"\s[^,.;:]{1,110},\s(?=[^\W\d]))",
    re.IGNORECASE,
)
PRONOUN = re.compile(
    r"(?<!\w)(?<!\ba )(?<!\bde )(?<!\bcon )(?<!\bpor )(?<!\bcom )(?P<who>él|ella|ellos|ellas|ele|ela|eles"
    r"|elas)\s(?:(?:fue|fueron|foi|foram|ha|han|sido|também"
    r"|también|já|ya)\s)*$",
    re.IGNORECASE,
)
IN_PLACE = re.compile(
    r"\s*,?\s(?:en|em|no|na) (?:el |la |los |aguas (?:de[l]?|d[ao]) )?[A-ZÁÉÍÓÚ]\w+(?: (?:d[aeo]s? )?[A-Z]\w+){0,2}"
    r"(?:, (?:en |em |no |na )?[A-ZÁÉÍÓÚ]\w+(?: (?:d[aeo]s? )?[A-Z]\w+){0,3},(?=\s(?:[oa]s?|uma?|un|una|el|los|las|\d+"
    r"|dois|duas|dos|três|tres|quatro|cuatro|cinco|seis)\s)|,|(?=\s(?!(?:por|pel[oa]|en|em|no|na|com|con|e|y|que"
    r"|quando|cuando|durante|após|tras|para|de|do|da|del"
    r"|desde|até"
    r"|hasta|depois|después|se|ao|\w+mente)\b)[a-zéí\d]))"
)
BEFORE_DATE = re.compile(r"[\s,]*(?:(?:este|esta|el|la|neste|nesta|no|na|en|em|de|desde|ya|já|also|hoy|hoje)\s)*")
#: An apposition between a subject and its verb.
ASIDE = re.compile(
    r"[^,.;]{0,40},[^.;]{3,110},\s(?:(?:ya|já|también|também|se|lo|la|fue|fueron|foi|foram|ha|han|sido|será|era)\s)*"
)
FOR = re.compile(r"\s(?:em|en|de|in|of)\s")
#: A second verb of one subject: "se entregó a la DEA y fue condenado".
ALSO_DID = re.compile(
    r"\s(?:y|e)\s(?:(?:fue|fueron|foi|foram|ha|han|ya|já|luego|depois|después|será|acabó|acabou)\s)+$"
)
#: What "a" stands before that is no object: "agrega siete cárteles a su lista".
TO_LIST = re.compile(r"\s?(?:su |la |esa |sua )?(?:propia )?(?:lista|registro|nómina)\b", re.IGNORECASE)
#: What somebody named is accused of, behind the name: "Tulio Bastos de lavar".
OF_DOING = re.compile(r"de [a-zé]+[aei]r\b")
