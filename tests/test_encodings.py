"""Bytes to text: the encoding told from the bytes, and nothing straightened on the way."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crossclaim.importing.document import Unreadable
from crossclaim.importing.encodings import decode

SAMPLES = {
    "english": "The kettle sings before it boils, and whoever lives with one learns to hear the difference. “I never said so,” he replied – and it wasn’t true. My aunt’s kettle was the loudest on our street…",
    "german": "Der Kessel singt, bevor er kocht, und wer mit einem lebt, lernt den Unterschied hören. „Das habe ich nie gesagt“, erwiderte er – und größer als die Straße war es auch nicht. Tante Änne wusste es.",
    "french": "La bouilloire chante avant de bouillir, et celui qui vit avec elle apprend à entendre la différence. « Je n’ai jamais dit ça », répondit-il : c’était l’été où Françoise avait tout brûlé.",
    "spanish": "La tetera canta antes de hervir, y quien vive con una aprende a oír la diferencia. ¿Quién lo diría? Mi abuela tiraba el agua en los escalones cada mañana de invierno. ¡Qué años!",
    "polish": "Czajnik śpiewa, zanim się zagotuje, a kto z nim mieszka, uczy się słyszeć różnicę. Moja babcia grzała dzbanek wodą, którą potem wylewała na schody, przeciw lodowi, każdej zimy.",
    "czech": "Konvice zpívá, než začne vřít, a kdo s ní žije, naučí se ten rozdíl slyšet. Moje babička zahřívala konvičku vodou, kterou pak vylila na schody, proti ledu, každou zimu.",
    "russian": "Чайник поёт прежде, чем закипит, и тот, кто живёт с ним рядом, учится слышать разницу. Моя бабушка грела заварник водой, которую потом выливала на крыльцо, каждую зиму.",
    "greek": "Ο βραστήρας τραγουδά πριν βράσει, και όποιος ζει μαζί του μαθαίνει να ακούει τη διαφορά. Η γιαγιά μου ζέσταινε την τσαγιέρα κάθε χειμώνα.",
    "chinese": "水壶在水开之前会唱歌，和它住在一起的人学会了听出其中的差别。我的祖母用热水温壶，然后把水倒在台阶上，每年冬天都这样。",
    "japanese": "やかんは沸く前に歌います。やかんと暮らす人は、その違いを聞き分けることを覚えます。祖母は毎年冬になると、温めたお湯を玄関の石段にかけていました。",
    "korean": "주전자는 끓기 전에 노래하고, 주전자와 함께 사는 사람은 그 차이를 듣는 법을 배운다. 할머니는 겨울마다 데운 물을 계단에 부었다.",
}
KEPT_IN = {
    "english": ["cp1252", "mac_roman", "utf-16", "utf-32", "utf-8-sig", "utf-16-le"],
    "german": ["cp1252", "mac_roman", "utf-16-be"],
    "french": ["cp1252", "mac_roman"],
    "spanish": ["cp1252", "latin_1", "mac_roman", "cp850"],
    "polish": ["cp1250", "iso8859_2"],
    "czech": ["cp1250"],
    "russian": ["cp1251", "koi8_r", "cp866", "utf-16", "utf-16-le", "utf-32-be"],
    "greek": ["cp1253"],
    "chinese": ["gb18030", "big5", "utf-16-le"],
    "japanese": ["shift_jis", "euc_jp", "iso2022_jp", "utf-16-be"],
    "korean": ["euc_kr"],
}
PAIRS = [(language, name) for language, names in KEPT_IN.items() for name in names]


@pytest.mark.parametrize("times", [1, 5])
@pytest.mark.parametrize(("language", "encoding"), PAIRS)
def test_prose_comes_out_of_any_usual_encoding(language: str, encoding: str, times: int) -> None:
    data = "\n".join([SAMPLES[language]] * times).encode(encoding, "ignore")
    expected = data.decode(encoding).removeprefix("\ufeff")
    assert decode(data) == expected


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_one_curly_quote_in_a_long_text_is_enough(encoding: str) -> None:
    long = "Nobody on our street would have said so, and nobody did. " * 80
    assert "wasn’t" in decode((long + "It wasn’t true. " + long).encode(encoding))


def test_bytes_that_are_controls_in_latin_1_are_quotes() -> None:
    text = "“Tea,” she said – it’s tea."
    assert decode(text.encode("cp1252"), "iso-8859-1") == text


def test_what_was_declared_is_believed_only_where_it_fits() -> None:
    russian = SAMPLES["russian"].encode("cp1251")
    assert decode(russian, "koi8-r") == SAMPLES["russian"].encode("cp1251").decode("koi8-r")
    assert decode(russian, "windows-1251") == SAMPLES["russian"]
    assert decode(russian, "utf-8") == SAMPLES["russian"]
    assert decode(russian, "no such thing") == SAMPLES["russian"]
    assert decode("plain — words".encode(), "latin-1") == "plain — words"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"])))
def test_utf_8_comes_out_as_it_went_in(text: str) -> None:
    assert decode(text.encode()) == text
    assert decode(text.encode("utf-8-sig")) == text


def test_no_quotation_mark_is_straightened() -> None:
    quotes = "“a” ‘b’ „c“ «d» 'e' \"f\" it’s it's …"
    assert decode(quotes.encode()) == quotes


def test_every_kind_of_line_end_ends_a_line() -> None:
    assert decode("a\r\nb\rc\nd\u2028e\u2029f\x0bg\x85h".encode()) == "a\nb\nc\nd\ne\nf\ng\nh"
    assert decode("a\r\n\r\nb".encode("utf-16")) == "a\n\nb"


NOISE = random.Random(7).randbytes(4000)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x04\x00", "no text"),
        (NOISE, "no text"),
        (NOISE.replace(b"\0", b""), "no text"),
        (b"words and \x00 zeros " * 30, "no text"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08" * 20, "no text"),
        (b"\xff\xfea\x00b", "broken or cut off"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04 ...", "zip archive"),
        (b"{\\rtf1 Tea}", "rich text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word document"),
    ],
)
def test_what_is_no_text_says_so_in_one_line(data: bytes, says: str) -> None:
    with pytest.raises(Unreadable) as raised:
        decode(data)
    assert says in raised.value.message
    assert raised.value.hint
    assert "\n" not in raised.value.message + raised.value.hint


def test_nothing_is_an_empty_text() -> None:
    assert decode(b"") == ""
