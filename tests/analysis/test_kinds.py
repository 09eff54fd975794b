"""What kind of source somebody is, by the article's words: one sentence for every way in which news says it."""

from __future__ import annotations

import pytest

from tests.analysis.conftest import Reader

CASES = [
    # candidates and campaigns come before the office
    ("“No,” said Senator Paula Renn, the Republican presidential candidate.", "political"),
    ("“No,” said former governor Paula Renn, the Democratic nominee.", "political"),
    ("“No,” said Gov. Mark Ellery, her running mate.", "political"),
    ("Republican front-runner Paula Renn said it was over.", "political"),
    ("“No,” said Paula Renn. The Renn campaign has spent a million.", "political"),
    ("“No,” said Todd Hale, a spokesman for the Renn campaign.", "political"),
    ("“No,” said opposition Labour Party leader Ruth Adair.", "political"),
    ("“No,” said Republican strategist Dale Koss.", "political"),
    ("A Democratic official said it was over.", "political"),
    ("Party sources said it was over.", "political"),
    ("“No,” said Republican nominee\u00a0Gov.\u00a0Paula Renn.", "political"),
    # offices
    ("“No,” said Sen. Paula Renn (R-Tex.).", "official"),
    ("“No,” said White House press secretary Dana Holt.", "official"),
    ("“No,” said Labor Secretary Dana Holt.", "official"),
    ("“No,” said Minister of Education Carla Venturi.", "official"),
    ("The deputy director of public prosecutions, Dana Holt, said it was over.", "official"),
    ("“No,” said Dana Holt, a top security aide to Vice President Tom Ward.", "official"),
    ("The FBI said it was over.", "official"),
    ("The World Health Organization said it was over.", "official"),
    ("Leaders of Iran, whose officials met on Monday, said it was over.", "official"),
    ("A law enforcement official said it was over.", "official"),
    ("“No,” said President Dana Holt, who is running for a second term.", "official"),
    # offices of the past
    ("“No,” said Dana Holt, the ambassador to Norway from 2007 to 2013.", "former_official"),
    ("“No,” said retired Gen. Dana Holt.", "former_official"),
    ("“No,” said Dana Holt, who was foreign minister until 2019.", "former_official"),
    ("Former prosecutors said it was over.", "former_official"),
    ("“No,” said Dana Holt, a former executive of the bank.", "former_official"),
    ("“No,” said Foreign Secretary Dana Holt, a former mayor of Westmark.", "official"),
    # firms
    ("“No,” said Dana Holt, vice president of sales at Teeling Motors.", "business"),
    ("“No,” said Dana Holt, vice president for sustainability.", "business"),
    ("Microsoft said it was over.", "business"),
    ("“No,” said Dana Holt, a spokeswoman for the National Association of Bakers and Retailers.", "business"),
    ("Industry sources said it was over.", "business"),
    ("The Premier League said it was over.", "business"),
    # causes
    ("Human Rights Watch said it was over.", "civil_society"),
    ("“No,” said Dana Holt of the Sierra Club.", "civil_society"),
    ("“No,” said Dana Holt, chief executive of the Westmark-based charity Open Door.", "civil_society"),
    ("The Campaign for Clean Rivers said it was over.", "civil_society"),
    ("The secretary general of the teachers’ union, Dana Holt, said it was over.", "civil_society"),
    ("“No,” said the Rev. Dana Holt.", "civil_society"),
    # knowledge
    ("“No,” said Dana Holt of the Brookings Institution.", "expert"),
    ("“No,” said Dana Holt, who studies elections.", "expert"),
    ("“No,” said Dana Holt, an analyst at Teeling Bank.", "expert"),
    ("“No,” said Dana Holt, a professor of police studies.", "expert"),
    ("“No,” said Fox News analyst Judge Dana Holt.", "expert"),
    ("One legal expert said it was over.", "expert"),
    # other journalism, and documents
    ("“No,” said CNN’s Dana Holt.", "media"),
    ("The Daily Courier reported that it was over.", "media"),
    ("Media reports said it was over.", "media"),
    ("A report by Reuters said it was over.", "media"),
    ("Several reports said it was over.", "media"),
    ("The Coastal News Service said it was over.", "media"),
    ("A report by the ministry said it was over.", "document"),
    ("A Reuters poll said it was over.", "document"),
    ("The lawsuit said it was over.", "document"),
    # people
    ("“No,” said Dana Holt, who lives in Sarn.", "affected"),
    ("“No,” said Dana Holt, the mayor’s sister.", "affected"),
    ("“No,” said a lawyer for the family.", "affected"),
    ("“No,” said Dana Holt, who works at a bank.", "affected"),
    # nobody
    ("Critics said it was over.", "unattributed"),
    ("People familiar with the matter said it was over.", "unattributed"),
    ("A source said it was over.", "unattributed"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "kind"), CASES)
def test_the_kind_that_the_words_tell(read: Reader, text: str, kind: str) -> None:
    found = read(text)
    source = found.analysis.source(found.analysis.quotes[0].source)
    assert source is not None
    assert source.type == kind, [found.article[span] for span in source.evidence]


@pytest.mark.model
@pytest.mark.parametrize(("text", "kind"), [case for case in CASES if "Reuters said" not in case[0]])
def test_a_decided_type_has_words_of_the_article(read: Reader, text: str, kind: str) -> None:
    found = read(text)
    source = found.analysis.source(found.analysis.quotes[0].source)
    assert source is not None
    assert source.evidence, (kind, source.label)
    assert all(found.article[span] in text for span in source.evidence)


@pytest.mark.model
def test_what_is_said_of_a_person_anywhere_types_the_person_everywhere(read: Reader) -> None:
    found = read(
        "“It is over,” Holt said on Monday.",
        "The bridge was shut for a week.",
        "Dana Holt, the chief executive of Teeling Motors, arrived late.",
    )
    assert {source.type for source in found.analysis.sources} == {"business"}


@pytest.mark.model
def test_bill_is_no_document(read: Reader) -> None:
    found = read("Bill Clinton said it was over.", "“It is late,” Bill said.")
    assert {source.type for source in found.analysis.sources} == {"former_official"}


@pytest.mark.model
def test_the_article_beats_what_is_known_of_a_public_figure(read: Reader) -> None:
    found = read("“It is late,” said President Barack Obama.")
    assert {source.type for source in found.analysis.sources} == {"official"}


@pytest.mark.model
def test_a_spokesman_takes_the_type_of_the_person_he_speaks_for(read: Reader) -> None:
    found = read("Rep. Dana Holt arrived late.", "“It is over,” said Holt spokesman Todd Hale.")
    assert found.kinds == {"Holt spokesman Todd Hale": ("official", "named_person")}


@pytest.mark.model
def test_a_name_that_is_also_an_office_is_no_office(read: Reader) -> None:
    found = read("Harry King, a professor of law, came late.", "Mr. King said it was over.")
    assert {(source.name, source.type) for source in found.analysis.sources} == {("Harry King", "expert")}


@pytest.mark.model
def test_two_who_speak_for_each_other_tell_nothing(read: Reader) -> None:
    found = read("“No,” said Holt aide Tom Ward.", "“No,” said Ward aide Dana Holt.")
    assert {source.type for source in found.analysis.sources} <= {"political", "affected"}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "identification"),
    [
        ("Hong Kong police said it was over.", "named_organisation"),
        ("Rep. Dana Holt’s office said it was over.", "named_organisation"),
        ("A spokesman for the ministry said it was over.", "named_organisation"),
        ("A spokesman said it was over.", "described"),
        ("Two officials said it was over.", "collective"),
        ("A number of delegates said it was over.", "collective"),
        ("Wong Kai-lam, the commander of Sarn West district, said it was over.", "named_person"),
        ("A study said it was over.", "document"),
        ("Media reports said it was over.", "collective"),
    ],
)
def test_identification(read: Reader, text: str, identification: str) -> None:
    found = read(text)
    source = found.analysis.source(found.analysis.quotes[0].source)
    assert source is not None
    assert source.identification == identification
