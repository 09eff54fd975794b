"""What language words are in: an article is refused, a block left alone, and English never."""

from __future__ import annotations

import pytest

from onrecord.analysis import tongues
from onrecord.analysis.analyzer import Analyzer
from onrecord.article import Article, Block
from onrecord.errors import UnsupportedLanguage

ENGLISH = [
    "The harbour was closed on Tuesday after a barge ran aground, and nobody knows when it will open again.",
    "“We heard a bang, then nothing,” said Marta Quist, who lives above the lock.",
    "Court rejects harbour board’s appeal over Ashby lock",
    "Sen. Dora Lund (D-Salem), Rep. Omar Diaz (R-Ashby)",
    "Zoë Çelik, Jürgen Müller, Siân Ní Dhomhnaill",
    "Malmö FF – IFK Göteborg 2–1",
    "MORE: Ashby lock, Linz canal, Bern tram",
    "Dinner à la carte, crème brûlée and a café au lait cost nine euros at the Petit Jardin.",
    "He shouted “Allez les bleus, allez, on y va tous ensemble ce soir” and ran.",
    "$1,200 – $3,400",
    "",
]
FOREIGN = [
    ("fr", "La maire a dit que personne ne pouvait traverser le pont avant la fin des travaux."),
    ("fr", "Nous sommes très inquiets pour nos enfants."),
    ("de", "Der Bürgermeister sagte, dass die Brücke bis zum Herbst gesperrt bleibt und niemand sie betreten darf."),
    ("es", "El puerto seguirá cerrado hasta que los buzos terminen de revisar el casco del barco."),
    ("it", "Il sindaco ha detto che il ponte non sarà riaperto prima della fine dei lavori."),
    ("pt", "O prefeito disse que a ponte não será reaberta antes do fim das obras, mas ninguém acredita nisso."),
    ("nl", "De burgemeester zei dat de brug pas na de zomer weer open gaat, maar niemand gelooft dat nog."),
    ("sv", "Borgmästaren säger att bron inte kommer att öppnas förrän efter sommaren."),
    ("pl", "Burmistrz powiedział, że most nie zostanie otwarty przed końcem lata, ale nikt w to już nie wierzy."),
    (tongues.OTHER_SCRIPT, "Мэр сказал, что мост не откроют до конца лета."),
    (tongues.OTHER_SCRIPT, "市长说，大桥在夏天结束之前不会重新开放。"),
    (tongues.OTHER_SCRIPT, "قال رئيس البلدية إن الجسر لن يفتح قبل نهاية الصيف."),
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_never_taken_for_another_language(text: str) -> None:
    assert tongues.foreign(text) is None


@pytest.mark.parametrize(("tongue", "text"), FOREIGN)
def test_another_language_is_told_by_its_words(tongue: str, text: str) -> None:
    assert tongues.foreign(text) == tongue


def article(*texts: str, language: str = "und") -> Article:
    return Article(tuple(Block(f"b{at}", "paragraph", text) for at, text in enumerate(texts)), language=language)


def test_an_article_in_another_language_is_refused_by_its_name() -> None:
    with pytest.raises(UnsupportedLanguage, match=r"^Onrecord reads English, and this article is in French\.$"):
        tongues.check(article(FOREIGN[0][1], FOREIGN[1][1]))
    with pytest.raises(UnsupportedLanguage, match="another script"):
        tongues.check(article(FOREIGN[-1][1]))


def test_what_an_article_calls_itself_does_not_matter_where_it_has_words() -> None:
    tongues.check(article(*ENGLISH[:2], language="de"))
    with pytest.raises(UnsupportedLanguage, match="German"):
        tongues.check(article(FOREIGN[2][1], language="fr"))
    with pytest.raises(UnsupportedLanguage, match="'fr'"):
        tongues.check(article("Oui.", language="fr-CA"))


def test_who_says_that_it_is_english_has_it_read() -> None:
    for said in ("en", "en-GB", "EN_us"):
        tongues.check(article(FOREIGN[0][1], language=said))
    foreign = article(FOREIGN[0][1], FOREIGN[3][1], language="en")
    assert tongues.english(foreign) is foreign


def test_a_block_in_another_language_is_read_as_blanks_of_its_length() -> None:
    given = article(ENGLISH[0], FOREIGN[0][1], ENGLISH[1])
    read = tongues.english(given)
    assert [block.text for block in read.blocks] == [ENGLISH[0], " " * len(FOREIGN[0][1]), ENGLISH[1]]
    assert read.block_spans == given.block_spans
    assert tongues.english(article(*ENGLISH)) == article(*ENGLISH)


@pytest.mark.model
def test_a_french_post_in_an_english_article_is_left_alone(analyzer: Analyzer) -> None:
    post = "« Je ne peux pas croire que le pont soit fermé », a dit Claire Morel, qui habite à côté. “C’est la fin.”"
    without = article(*ENGLISH[:2])
    given = article(ENGLISH[0], post, ENGLISH[1])
    found = analyzer.analyze(given)
    assert [given[quote.content[0]] for quote in found.quotes] == [
        without[quote.content[0]] for quote in analyzer.analyze(without).quotes
    ]
    assert not any(given.block_index(span.start) == 1 for source in found.sources for span in source.mentions)
