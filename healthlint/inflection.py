"""English word forms and spellings: how one vocabulary entry matches all the ways it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

Forms = Literal["fixed", "noun", "verb", "adjective", "base", "present", "past", "participle"]

_BE = ("be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re")
_IRREGULAR_VERBS = {
    line.split()[0]: tuple(line.split()[1:])
    for line in """\
arise arises arose arisen arising
become becomes became becoming
begin begins began begun beginning
bind binds bound binding
bite bites bit bitten biting
bleed bleeds bled bleeding
break breaks broke broken breaking
breed breeds bred breeding
bring brings brought bringing
build builds built building
burn burns burned burnt burning
burst bursts bursting
buy buys bought buying
catch catches caught catching
choose chooses chose chosen choosing
come comes came coming
cut cuts cutting
deal deals dealt dealing
die dies died dying
dig digs dug digging
do does did done doing
draw draws drew drawn drawing
drink drinks drank drunk drinking
drive drives drove driven driving
eat eats ate eaten eating
fall falls fell fallen falling
feed feeds fed feeding
feel feels felt feeling
fight fights fought fighting
find finds found finding
flee flees fled fleeing
fly flies flew flown flying
forget forgets forgot forgotten forgetting
get gets got gotten getting
give gives gave given giving
go goes went gone going
grow grows grew grown growing
have has had having
hear hears heard hearing
hit hits hitting
hold holds held holding
hurt hurts hurting
keep keeps kept keeping
know knows knew known knowing
lead leads led leading
learn learns learned learnt learning
leave leaves left leaving
lie lies lay lain lied lying
let lets letting
lose loses lost losing
make makes made making
mean means meant meaning
meet meets met meeting
overcome overcomes overcame overcoming
pay pays paid paying
prove proves proved proven proving
put puts putting
quit quits quitting
read reads reading
ride rides rode ridden riding
rise rises rose risen rising
run runs ran running
say says said saying
see sees saw seen seeing
seek seeks sought seeking
sell sells sold selling
send sends sent sending
set sets setting
shake shakes shook shaken shaking
shed sheds shedding
show shows showed shown showing
shrink shrinks shrank shrunk shrinking
shut shuts shutting
sleep sleeps slept sleeping
slide slides slid sliding
slow slows slowed slowing
speak speaks spoke spoken speaking
speed speeds sped speeding
spend spends spent spending
spread spreads spreading
stand stands stood standing
steal steals stole stolen stealing
stick sticks stuck sticking
strike strikes struck stricken striking
swear swears swore sworn swearing
sweep sweeps swept sweeping
take takes took taken taking
teach teaches taught teaching
tear tears tore torn tearing
tell tells told telling
think thinks thought thinking
throw throws threw thrown throwing
understand understands understood understanding
undo undoes undid undone undoing
wake wakes woke woken waking
wear wears wore worn wearing
win wins won winning
withdraw withdraws withdrew withdrawn withdrawing
wipe wipes wiped wiping
write writes wrote written writing""".splitlines()
}
_IRREGULAR_NOUNS = {
    "woman": "women", "man": "men", "child": "children", "person": "people", "foot": "feet", "tooth": "teeth",
    "mouse": "mice", "life": "lives", "half": "halves", "wife": "wives", "leaf": "leaves", "loaf": "loaves",
    "diagnosis": "diagnoses", "prognosis": "prognoses", "analysis": "analyses", "meta-analysis": "meta-analyses",
    "thesis": "theses", "hypothesis": "hypotheses", "crisis": "crises", "basis": "bases", "metastasis": "metastases",
    "bacterium": "bacteria", "ovum": "ova", "criterion": "criteria", "phenomenon": "phenomena", "datum": "data",
    "stomach": "stomachs", "epoch": "epochs", "stimulus": "stimuli", "fungus": "fungi", "nucleus": "nuclei",
    "vertebra": "vertebrae", "series": "series",
    "evidence": "evidence", "research": "research", "information": "information", "data": "data",
}  # fmt: skip
_DOUBLING = frozenset(
    "stop slip trim drop plan ban cap chop clog control curb cut drag drip dip flip fit get grab hop jog knit "
    "mop nap occur omit pat permit pin plug pop prefer put rid rip rob rub run scan ship shop shut sip sit skip slam "
    "slim snap spot step strip swap swim swig tap tip top trap tug wrap zap transfer refer regret commit forget begin "
    "allot submit rebut deter incur pad net pen pet bet bid dim dot fan fat flag flap flop".split()
)
_L_DOUBLING = frozenset("travel cancel fuel level label signal counsel model total channel dispel expel compel".split())
_ENDINGS = (
    "isation/ization",
    "ise/ize",
    "ised/ized",
    "ises/izes",
    "ising/izing",
    "yse/yze",
    "ysed/yzed",
    "ysing/yzing",
)
# UK stem -> US stem. A UK stem is safe to change anywhere in a word; the other way only where it is not marked "!".
_STEMS = tuple(
    tuple(pair.split("/"))
    for pair in """
    colour/color favour/favor labour/labor tumour/tumor odour/odor! vapour/vapor! behaviour/behavior humour/humor!
    flavour/flavor vigour/vigor! rumour/rumor! honour/honor! centre/center fibre/fiber litre/liter! metre/meter!
    haem/hem! anaem/anem leukaem/leukem oedem/edem! oesoph/esoph! oestr/estr! foet/fet! rrhoea/rrhea pnoea/pnea
    aetiolog/etiolog paraesthe/paresthe bacteraem/bacterem aemia/emia! leucocyt/leukocyt
    paediatr/pediatr orthopaed/orthoped anaesth/anesth gynaec/gynec caesar/cesar faec/fec! coeliac/celiac
    ischaem/ischem glycaem/glycem lipidaem/lipidem uraem/urem! programme/program! practise/practice! licence/license
    catalogue/catalog! ageing/aging! judgement/judgment sceptic/skeptic sulph/sulf aluminium/aluminum
    manoeuvr/maneuver! counselling/counseling travelling/traveling cancelled/canceled fulfil/fulfill!
    """.split()
)
_NEVER_IZE = re.compile(
    r"(?:exerc|adv|surpr|rev|superv|comprom|prom|\br|otherw|disgu|desp|pra|improv|ar|expert|w|prec|conc|no|ra|ca|dise"
    r"|\bd|d[eo]v|increa|decrea|relea|inc|exc|franch|paraly|telev|prem|u|clo|lo|cho)is(?:e[ds]?|ing)$"
)


_MAY_DIFFER = re.compile(r"[iy][sz](?:e|ing|ation)|" + "|".join(stem.rstrip("!") for pair in _STEMS for stem in pair))


def word_forms(term: str, forms: Forms) -> tuple[str, ...]:
    """Return every form of *term*: the first word inflected for a verb, the last one for a noun.

    Of a verb, ``base``, ``present`` ("swears by"), ``past`` and ``participle`` ("swearing by") are some forms alone.

    >>> word_forms("swear by", "verb")
    ('swear by', 'swears by', 'swore by', 'sworn by', 'swearing by')
    >>> word_forms("swear by", "past")
    ('swore by', 'sworn by')
    >>> word_forms("side effect", "noun")
    ('side effect', 'side effects')
    """
    if forms in {"verb", "base", "present", "past", "participle"}:
        first, _, rest = term.partition(" ")
        return tuple(f"{form} {rest}".rstrip() for form in _some_verb_forms(first, forms))
    if forms == "noun":
        rest, _, last = term.rpartition(" ")
        return tuple(dict.fromkeys(f"{rest} {form}".lstrip() for form in (last, plural(last))))
    return (term,)


def spellings(term: str) -> tuple[str, ...]:
    """Return *term* in its UK and US spelling, as given first.

    >>> spellings("anaemia treatment centre")
    ('anaemia treatment centre', 'anemia treatment center')
    """
    if not _MAY_DIFFER.search(term):
        return (term,)
    return tuple(dict.fromkeys((term, _spelt(term, _to_us), _spelt(term, _to_uk))))


def every_form(term: str, forms: Forms) -> tuple[str, ...]:
    """Return *term* in all its forms, each in all its spellings, each once."""
    return tuple(dict.fromkeys(spelling for form in word_forms(term, forms) for spelling in spellings(form)))


def in_same_spelling(other: str, text: str, term: str, forms: Forms) -> str:
    """Return *other* in the spelling, UK or US, in which *text* has *term*; as it stands where that is not sure.

    >>> in_same_spelling("people with coeliac disease", "celiacs", "coeliac", "noun")
    'people with celiac disease'
    """
    every = word_forms(term.lower(), forms)
    us, uk = ({_spelt(form, change) for form in every} for change in (_to_us, _to_uk))
    if (text.lower() in us) == (text.lower() in uk):
        return other
    return _spelt(other, _to_us if text.lower() in us else _to_uk)


def _spelt(phrase: str, change: Callable[[str], str]) -> str:
    return " ".join(map(change, phrase.split(" ")))


def plural(noun: str) -> str:
    """Return the plural of a noun.

    >>> plural("remedy"), plural("diagnosis"), plural("virus")
    ('remedies', 'diagnoses', 'viruses')
    """
    if noun in _IRREGULAR_NOUNS:
        return _IRREGULAR_NOUNS[noun]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    return noun + "s"


def _some_verb_forms(verb: str, forms: Forms) -> tuple[str, ...]:
    base, *others = _verb_forms(verb)
    if forms == "base":
        return (base,)
    if forms == "present":
        return ("is", "are", "'s", "'re") if verb == "be" else (others[0],)
    if forms == "participle":
        return tuple(each for each in others if each.endswith("ing"))
    if forms == "past":
        return tuple(each for each in others[1:] if not each.endswith("ing")) or (base,)
    return (base, *others)


def _verb_forms(verb: str) -> tuple[str, ...]:
    if verb == "be":
        return _BE
    if verb in _IRREGULAR_VERBS:
        return (verb, *_IRREGULAR_VERBS[verb])
    for prefix in ("over", "under", "out", "re", "un", "mis"):
        rest = verb.removeprefix(prefix)
        if rest != verb and rest in _IRREGULAR_VERBS:
            return tuple(prefix + form for form in (rest, *_IRREGULAR_VERBS[rest]))
    return _regular_verb_forms(verb)


def _regular_verb_forms(verb: str) -> tuple[str, ...]:  # noqa: PLR0911  one return per class of verb
    if verb.endswith("ie"):
        return (verb, verb + "s", verb + "d", verb[:-2] + "ying")
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return (verb, verb + "s", verb + "d", verb[:-1] + "ing")
    if verb.endswith(("ee", "oe", "ye")):
        return (verb, verb + "s", verb + "d", verb + "ing")
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return (verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    third = verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    if verb in _L_DOUBLING:
        return (verb, third, verb + "led", verb + "ling", verb + "ed", verb + "ing")
    if verb in _DOUBLING:
        return (verb, third, verb + verb[-1] + "ed", verb + verb[-1] + "ing")
    return (verb, third, verb + "ed", verb + "ing")


def _to_us(word: str) -> str:
    for pair in _ENDINGS:
        uk, us = pair.split("/")
        if word.endswith(uk) and len(word) > len(uk) + 2 and not _NEVER_IZE.search(word):
            word = word[: -len(uk)] + us
            break
    for uk, us in _STEMS:
        word = word.replace(uk, us.rstrip("!"))
    return word


def _to_uk(word: str) -> str:
    for pair in _ENDINGS:
        uk, us = pair.split("/")
        if word.endswith(us) and len(word) > len(us) + 2:
            word = word[: -len(us)] + uk
            break
    for uk, us in _STEMS:
        if not us.endswith("!") and uk not in word:
            word = word.replace(us, uk)
    return word
