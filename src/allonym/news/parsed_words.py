"""Words and patterns by which a parse tells what type of act something is, and who is on either side of it.

From general knowledge of how newspapers write. Must not look at any text.
"""

import re

BY = re.compile(r"(.+)-(?:designated|listed|sanctioned|blacklisted|proscribed)$")  # U.S.-designated
SAME = "same"  # what was done before, by somebody else
OF_GROUP = "terrorist_designation?group"
#: Verbs that tell of an act only with their particle.
PARTICLES = {
    ("hand", "over"): "extradition", ("turn", "over"): "extradition", ("blow", "up"): "use_of_force",
    ("pick", "up"): "arrest", ("turn", "in"): "arrest", ("round", "up"): "arrest",
}  # fmt: skip
DEEDS = ("measure", "sanction", "designation", "listing", "blacklist")
STRIKING = ("strike", "hit", "attack", "target", "slap", "pound", "pummel", "squeeze", "punish")
DEALINGS = ("transaction", "dealing", "business", "trade")
ACTIONS = ("action", "move", "package", "round", "tranche")
CALLING = ("call", "treat", "deem", "consider", "regard")
NAMING = ("label", "brand", "classify", "reclassify", "declare", "name", "slap", "hit", "enter")
#: Verbs that may tell of a designation without a word for terrorism.
LISTING_GROUPS = ("designate", "redesignate", "ban", "outlaw", "proscribe", "list", "relist")
LISTERS = ("un", "u.n.", "nations", "treasury", "ofac")
CHARGING = ("want", "file", "bring", "press", "announce", "unseal", "face")
COVERING = ("target", "hit", "cover", "include", "affect")
KILLING = ("kill", "destroy", "eliminate", "assassinate")
PAYING = ("pay", "put", "advertise", "post", "pledge")
DEALS = ("deal", "agreement", "balance", "tone", "note", "chord", "blow", "pact", "compromise", "pose", "bargain")
HARMING = ("kill", "hit", "destroy", "target", "strike", "wound", "injure", "sink")
HEADLINE = frozenset(
    "sanctions blacklists bans lists charges arrests strikes brands labels names sinks hits targets designates indicts"
    " raids jails detains deports fines seizes freezes extradites bombs slaps outlaws proscribes captures nabs busts"
    " squeezes declares tags adds sentences bars blocks".split()
)
#: What follows "sanctions" or the like where they are nouns: "US sanctions relief".
OF_POLICY = frozenset(
    "relief package packages list lists regime policy law laws office official officials chief waiver waivers bill"
    " threat threats evasion busting campaign group program programme deal move vote push plan act committee".split()
)
#: What states strike with arms, and whom they hit with sanctions.
ARMED_AIMS = frozenset(
    "boat boats vessel vessels submersible camp camps base bases dock docks port ports lab labs laboratory depot"
    " depots airstrip airstrips airport facility facilities position positions bunker bunkers compound convoy"
    " submarine".split()
)
FINANCIAL = frozenset(
    "financier moneyman moneymen importer trader banker bank network company firm refinery refiner shipper shipowner"
    " exchange fleet exporter supplier broker smuggler fundraiser accountant business finance oil crude".split()
)
PLURAL_NOUNS = frozenset("strikes attacks sanctions charges arrests bans".split())
TIMES = frozenset(
    "day night week month year morning evening afternoon dawn hour time monday tuesday wednesday thursday friday"
    " saturday sunday".split()
)
CARRYING = frozenset("carry conduct launch order make announce mount perform authorise authorize approve begin".split())
SHOWN = frozenset({"reward", "bounty", "information", "offer", "warrant", "tip", "evidence", "lead"})
COMING = ("take", "come", "go", "enter")  # into force, into effect
LIFTING = frozenset({"lift", "remove", "withdraw", "cancel", "drop", "rescind"})
ADDING = ("add", "list", "relist", "place", "put", "include", "name")
OFF_WORDS = ("off", "from", "away", "down")
OFF = ("remove", "strike", "delete", "drop", "take")
POSTPONING = (
    "postpone", "delay", "defer", "oppose", "condemn", "criticise", "criticize", "denounce", "evade", "blast", "slam",
    "decry", "protest", "breach", "violate",
)  # fmt: skip
OF_MONEY = ("visa", "travel", "financial", "economic", "trade", "export")
EASING = ("ease", "lift", "waive", "suspend", "relax", "drop")
RAISING = ("raise", "double", "triple", "increase", "up")
REFUSING = ("fight", "face", "await", "resist", "oppose", "contest", "challenge", "appeal")
TAKING = ("take", "rule", "threaten", "consider", "authorize", "authorise", "order", "approve", "weigh")
MEASURES = ("measure", "package", "restriction", "curb", "penalty")
WARRANTING = ("issue", "seek", "request", "obtain")
NEARBY = 14  # tokens before "capture" in which a reward for it may be told of
BEHIND = 16  # tokens before "attack" in which forces may be told of
FIRST = 12  # tokens of a text that may be its headline
TOPIC, AHEAD = 70, 40  # tokens before a word, and after it in its sentence, in which the text speaks of lists
CHARGES = re.compile(r"\b(?:charges?|counts?|indictment)\b")
BARRED = re.compile(
    r"\bfrom\b.*\b(?:ports?|entry|entering|travel\w*|markets?|banks?|airspace|waters|territory"
    r"|doing business|dealing|transacting|trading|financial system)\b",
    re.IGNORECASE,
)
WITH_SANCTIONS = re.compile(r"\bwith (?:[\w,-]+ ){0,5}?(?:sanctions?|asset freezes?|travel bans?|visa bans?)\b")
FORCE = re.compile(r"\b(?:in|into|taken?|takes|took) (?:force|effect)\b")
VISA = re.compile(r"\bvisas?\b")
WANTED = re.compile(r"\b(?:wanted|short|guest|long)\b")
OFF_LIST = re.compile(r"\boff\b.*\b(?:lists?|blacklists?|register)\b")
OF_LISTS = re.compile(
    r"sanction|blacklist|designation|\blistings?\b|\bSDN\b|asset freeze|travel ban|restrictive", re.IGNORECASE
)
FROM_BANKS = re.compile(r"\bfrom\b.*\b(?:dollars?|financ\w+|bank\w*|SWIFT)\b")
SUSPECTED = re.compile(r"\b(?:suspicion|charges?|without bail|warrant|in connection|for questioning)\b")
CAUGHT = re.compile(r"\b(?:police|agents|officers|fugitive|manhunt|prison|jail|on the run|extradit\w+|warrant)\b")
ARMED = re.compile(r"\b(?:strikes?|missiles?|drones?|bomb\w*|airstrikes?|shell\w*|raids?|fire)\b", re.IGNORECASE)
OFFERED = re.compile(r"\b(?:rewards?|bount(?:y|ies)|offer(?:ed|ing|s)? [$€£]|on \w+ head)")
SOUGHT_FOR = re.compile(r"\b(?:rewards?|bount(?:y|ies)|offer(?:ed|ing|s)?|(?:put|puts) up|pay|pays|paid) .*\bfor\b")
CAPTURE = re.compile(r"\bfor .*\b(?:captures?|arrests?|information|tips?|whereabouts|heads?|leads?|anyone|details)\b")
MISSILES = re.compile(r"\b(?:missiles?|rockets?|drones?|shells)\b", re.IGNORECASE)
TO_POLICE = re.compile(r"\bto (?:the )?(?:\w+ ){0,2}(?:police|authorities|FBI|DEA|agents|marshals|custody|troops)\b")
COURTLY = re.compile(r"\b(?:indictment|complaint|charging|court papers|court documents|court filing)\b")
CRIMES = re.compile(
    r"^(?:\w+ ){0,3}?of (?:\S+ ){0,4}?(?:killings?|murder\w*|narco|traffick\w+|smuggl\w+|launder\w+|kidnap\w+|extort\w+"
    r"|racketeering|bribery|fraud|conspir\w+|treason|espionage|spying|plotting|arson|manslaughter|homicides?|rape"
    r"|terrorism|genocide|crimes)\b",
    re.IGNORECASE,
)
LIMITS = re.compile(r"\b(?:curbs?|restrictions?|embargo(?:es)?|measures)\b")
REWARDS = re.compile(r"\b(?:rewards?|bount(?:y|ies))\b")
HUMAN = re.compile(
    r"\b(?:\w*m[ae]n|people|\w*persons?|nationals?|citizens?|suspects?|fugitives?|leaders?|members?|prisoners?|inmates?"
    r"|figures?|bosses|kingpins?|capos?|others|defendants?|lieutenants?|commanders?|brothers?|father|son|sons|husband"
    r"|militants?|fighters?|thugs?|gangsters?|mobsters?|migrants?|operatives?|smugglers?|officers?|soldiers?|hackers?"
    r"|brokers?|bankers?|accountants?|cousins?|nephews?|uncles?|mother|daughters?|girlfriend|widow|pair|trio|duo|couple"
    r"|gunrunners?|importers?|ministers?|officials?|mayors?|governors?|lawyers?|pilots?|captains?|crew|aides?"
    r"|(?-i:[A-Z]\w+(?:ans?|ese|ians?))|dealers?|couriers?|recruiters?|fundraisers?|justices?|judges?|presidents?"
    r"|wife|\w*traffickers?|drug lords?|lords?|group|chief|businessman|general|financier|\w+ist)$",
    re.IGNORECASE,
)
STOCKS = re.compile(r"\b(?:stock|exchange|shares?|Nasdaq|reward|price)\b", re.IGNORECASE)
TERM = re.compile(r"\b(?:years?|months?|life)\b")
PAPERS = frozenset("document evidence record file data power money control baton message letter report key".split())
ELSEWHERE = re.compile(
    r"\bto (?!(?:the |its |his |that |this )?(?:\w+ ){0,4}(?:list|register|blacklist))", re.IGNORECASE
)
TO_PLACE = re.compile(r"\b(?:office|power|post|duty|boat|vessel|drone)\b")
PRICE = re.compile(r"%|per ?cent|[$€£]")
