"""Stop words and endings: what carries grammar rather than meaning, as every grammar lists it.

A passage need not have every stop word to be found: articles, pronouns, prepositions, conjunctions,
auxiliaries. They still count for the order of results, and in quotation marks they must be there.
Endings tell an unknown form of a known word; those that the collection shows come on top.
"""

from collections.abc import Mapping

from crossclaim.language.stemmer import primary_language
from crossclaim.language.words import fold

STOP_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """
            a an the this that these those and or but nor so if as of in on at by to from
            with for into onto about over under i me my we us our you your he him his she her it
            its they them their who whom whose which what when where why how is are was were be
            been being am do does did has have had will would shall should can could may might
            must not no there here s t don between among during through such than then too very
            much also even still just
        """,
        "de": """
            der die das den dem des ein eine einen einem einer eines und oder aber wenn als wie
            dass daß von vom in im an am auf aus bei beim mit nach zu zum zur für über unter um
            ich mich mir wir uns du ihr euch er ihn ihm sie es ihnen sich wer was wo warum ist
            sind war waren sein bin hat haben hatte wird werden wurde kann können soll sollen
            muss müssen darf nicht kein keine auch nur noch so da hier dort
        """,
        "fr": """
            le la les l un une des du de d et ou mais si que qu qui dont où quand comme pour par
            avec sans sur sous dans en à au aux je me moi nous vous tu te il elle on ils elles
            lui leur se sa son ses ce cet cette ces est sont était être a ont avait avoir ne n
            pas plus y c s j m t
        """,
        "es": """
            el la los las lo un una unos unas y e o u pero si que quien cuando donde como para
            por con sin sobre en a al de del yo me mi nos tú te usted él ella ellos ellas se su
            sus le les es son era ser está están ha han había haber no
        """,
        "it": """
            il lo la i gli le l un uno una e ed o ma se che chi cui quando dove come per con da
            dal di del della dei delle in nel nella su sul a al alla io mi noi ci tu ti voi vi
            lui lei loro si suo sua è sono era essere ha hanno aveva avere non
        """,
        "nl": """
            de het een en of maar als dat die dit deze wie wat waar hoe van in op aan bij met
            naar te uit voor over onder om ik mij me wij we ons jij je u hij hem zij ze hun zich
            er is zijn was waren heeft hebben had wordt worden kan kunnen moet moeten niet geen
        """,
        "pt": """
            o a os as um uma uns umas e ou mas se que quem quando onde como para por com sem
            sobre em no na nos nas ao à de do da dos das eu me nós tu te você ele ela eles elas
            lhe seu sua é são era ser está há tem têm não
        """,
    }.items()
}

ENDINGS: Mapping[str, frozenset[str]] = {
    language: frozenset(endings.split())
    for language, endings in {
        "en": "s es e ed d ing er ers est ly",
        "de": "e en er es em ern n s t st et te ten tet end in innen",
        "fr": "s e es é ée és ées er ez ent ait aient ant ons r",
        "es": "s es o os a as e an en ar er ir ado ada ados adas ando iendo ó",
        "it": "o i a e are ere ire ato ata ati ate ando endo ano ono",
        "nl": "s en e n t te ten de den er",
        "pt": "s es o os a as e am em ar er ir ado ada ados adas ando endo",
        "ru": """
            а я ы и о е у ю ь ой ей ий ый ая яя ое ее ые ие ого его ому ему ым им ом ем ых их
            ах ях ам ям ами ями ов ев л ла ло ли т ть ет ит ют ут ят ат
        """,
    }.items()
}


def small_words(language: str) -> frozenset[str]:
    """The stop words of a language, such as “en-GB”, folded as the search has them."""
    return frozenset(map(fold, STOP_WORDS.get(primary_language(language), ())))
