"""Who is *he*, and what kind of source: type, identification, anonymity, channel."""

from __future__ import annotations

import pytest

from onrecord.analysis.names.people import bare
from tests.analysis.conftest import Reader


@pytest.mark.parametrize(
    ("text", "name", "gender"),
    [
        ("Mr. Bell’s", "Bell", "male"),
        ("Ms Anna Bell", "Anna Bell", "female"),
        ("Sen. John Ward Jr.", "John Ward", None),
        ("Frank “Shorty” Malone", "Frank Malone", None),
    ],
)
def test_a_name_without_title_nickname_and_suffix(text: str, name: str, gender: str | None) -> None:
    assert bare(text) == (name, gender)


@pytest.mark.model
class TestSpeakers:
    """One source per person, body or group."""

    def test_pronoun_and_surname_are_the_person_named_in_full(self, read: Reader) -> None:
        found = read("Mayor Anna Bell said the bridge was shut. She said it would reopen.", "“In March,” Bell said.")
        assert {label for label, _ in found.said} == {"Mayor Anna Bell"}
        assert len(found.analysis.sources) == 1
        source = found.analysis.sources[0]
        assert source.name == "Anna Bell"
        assert found.article[source.mentions[0]] == "Mayor Anna Bell"

    def test_a_name_is_not_read_into_the_quotation_beside_it(self, read: Reader) -> None:
        found = read(
            "Ted Rowe: ‘Physically Shoving A Reporter Is A Fireable Offense’",
            "Sen. Ted Rowe said on Monday that the aide should go.",
        )
        (source,) = found.analysis.sources
        assert {found.article[span] for span in source.mentions} == {"Sen. Ted Rowe", "Ted Rowe"}

    def test_he_and_she_are_kept_apart(self, read: Reader) -> None:
        found = read("Anna Bell met Tom Okafor on Monday. He said the bridge had moved. She said it had not.")
        assert found.said == [("Tom Okafor", "the bridge had moved"), ("Anna Bell", "it had not")]

    def test_a_role_is_the_person_who_holds_it(self, read: Reader) -> None:
        found = read("Defence Minister Karl Voss arrived late.", "The minister said the talks had failed.")
        assert found.said == [("Defence Minister Karl Voss", "the talks had failed")]

    @pytest.mark.parametrize(
        "texts",
        [
            (
                "Tech investor Garrick Stowe bought the club in May.",
                "The billionaire said the ground would be rebuilt.",
            ),
            ("Anna Bell, 34, was pulled from the car.", "The 34-year-old said she was lucky."),
            ("Anna Bell won her third title on Sunday.", "“I was nervous,” the 24-year-old said."),
            ("Actress Anna Bell met the director Ben Hart in May.", "The actress said she was tired."),
            ("Singer Anna Bell left the band in May. “I was tired,” the star said.",),
            ("Anna Bell is the chief executive of Pelham.", "“Sales fell,” the CEO said."),
            ("Republican Senator Tom Ward spoke in Ohio.", "The Republican said taxes were high."),
            ("Senator Tom Ward spoke in Ohio.", "The Ohio senator said taxes were high."),
            pytest.param(
                ("Dr. Anna Bell treated him.", "The surgeon said he would live."),
                marks=pytest.mark.xfail(strict=True, reason="to the ranking a surgeon may be another than the doctor"),
            ),
            ("The Rev. Tom Ward spoke at the vigil.", "“We grieve,” the pastor said."),
            ("Media mogul Tom Ward sold the paper.", "The tycoon said it was time."),
            ("Health Minister Karl Voss met Prime Minister Tom Ward.", "The premier said talks went well."),
            ("Austria’s health minister said beds were short.", "“More are coming,” Health Minister Anna Bell said."),
        ],
    )
    def test_a_description_is_the_person_whom_the_article_has_called_so(
        self, read: Reader, texts: tuple[str, ...]
    ) -> None:
        found = read(*texts)
        assert len(found.analysis.sources) == 1
        assert found.analysis.sources[0].identification == "named_person"

    @pytest.mark.parametrize(
        ("texts", "label"),
        [
            (("“I am tired,” said Tom Ward, 41.", "The 34-year-old said he was fine."), "The 34-year-old"),
            (("“Sales fell,” said Tom Ward, an economist.", "The billionaire said sales rose."), "The billionaire"),
            (("“I am tired,” said actor Tom Ward.", "The actress said she was fine."), "The actress"),
            (("“I am tired,” said Tom Ward, a media mogul.", "A billionaire said he was fine."), "A billionaire"),
        ],
    )
    def test_a_description_that_fits_nobody_is_somebody_else(
        self, read: Reader, texts: tuple[str, ...], label: str
    ) -> None:
        assert [source.label for source in read(*texts).analysis.sources][1:] == [label]

    def test_an_abbreviation_is_the_body_written_out(self, read: Reader) -> None:
        found = read(
            "The National Transport Board (NTB) said the joints had failed.",
            "The NTB said it would publish its report.",
        )
        assert len(found.analysis.sources) == 1

    def test_bare_collectives_are_never_merged(self, read: Reader) -> None:
        found = read("Officials said the road was open.", "Officials said the road was shut.")
        assert len(found.analysis.sources) == 2

    def test_two_verbs_with_one_subject_are_one_speaker(self, read: Reader) -> None:
        found = read("A spokeswoman for the firm denied that it had lied and said the tests were sound.")
        assert len(found.analysis.sources) == 1
        assert len(found.said) == 2

    def test_a_persons_remarks_are_the_persons(self, read: Reader) -> None:
        found = read("Anna Bell spoke for an hour.", "In her statement, Bell said the bridge was lost.")
        assert found.said[-1][0] == "Anna Bell"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "label", "type_", "identification"),
    [
        ("“No,” said Mayor Anna Bell.", "Mayor Anna Bell", "official", "named_person"),
        (
            "The Ministry of Defence said the ship had sunk.",
            "The Ministry of Defence",
            "official",
            "named_organisation",
        ),
        ("Moscow said the ship had sunk.", "Moscow", "official", "named_organisation"),
        ("Western leaders said the ship had sunk.", "Western leaders", "official", "collective"),
        ("“No,” said Karl Voss, a former defence minister.", "Karl Voss", "former_official", "named_person"),
        ("“No,” said Ruth Lind, a professor of law at Westmark University.", "Ruth Lind", "expert", "named_person"),
        ("“No,” said Tom Hill, chief executive of Castleton Motors.", "Tom Hill", "business", "named_person"),
        ("“No,” said Petra Vance, the union’s general secretary.", "Petra Vance", "civil_society", "named_person"),
        ("“No,” said Ida Brandt, a resident of Little Sarn.", "Ida Brandt", "affected", "named_person"),
        ("“No,” said one veteran.", "one veteran", "affected", "described"),
        ("A report by the board found that the joints had failed.", "A report by the board", "document", "document"),
        ("According to a poll, most voters are tired.", "a poll", "document", "document"),
        ("The Daily Herald reported that the ship had sunk.", "The Daily Herald", "media", "named_organisation"),
        ("Critics said the plan was late.", "Critics", "unattributed", "collective"),
        ("Rebels said the town had fallen.", "Rebels", "political", "collective"),
        ("“No,” said Sarah Pike, a spokeswoman for the Labour Party.", "Sarah Pike", "political", "named_person"),
    ],
)
def test_type_and_identification(read: Reader, text: str, label: str, type_: str, identification: str) -> None:
    assert read(text).kinds == {label: (type_, identification)}


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "evidence", "reason_kind"),
    [
        (
            "An official who spoke on condition of anonymity said it was over.",
            "who spoke on condition of anonymity",
            "none_stated",
        ),
        (
            "An official, who asked not to be named because she was not authorized to speak, said it was over.",
            "who asked not to be named",
            "not_authorized",
        ),
        (
            "“They beat us,” said a prisoner who declined to be identified for fear of reprisals.",
            "who declined to be identified",
            "fear",
        ),
        (
            "A diplomat, speaking on condition of anonymity to discuss private talks, said it was over.",
            "speaking on condition of anonymity",
            "sensitive",
        ),
    ],
)
def test_anonymity_with_the_words_of_its_grant(read: Reader, text: str, evidence: str, reason_kind: str) -> None:
    found = read(text)
    source = found.analysis.sources[0]
    assert source.identification == "anonymous"
    assert source.anonymity is not None
    assert [found.article[span] for span in source.anonymity.evidence] == [evidence]
    assert source.anonymity.reason_kind == reason_kind


@pytest.mark.model
def test_people_familiar_with_the_matter_are_a_group_without_a_grant(read: Reader) -> None:
    found = read("People familiar with the matter said the deal was dead.")
    assert found.analysis.sources[0].identification == "collective"
    assert found.analysis.sources[0].anonymity is None


@pytest.mark.model
def test_an_anonymous_opinion_is_told_from_information(read: Reader) -> None:
    found = read("“This is a calculated disgrace,” said an aide, who spoke on condition of anonymity.")
    assert found.analysis.sources[0].anonymity is not None
    assert found.analysis.sources[0].anonymity.opinion


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("“It is over,” Anna Bell told reporters.", "briefing"),
        ("“It is over,” Anna Bell said in a statement.", "statement"),
        ("“It is over,” Anna Bell wrote on Twitter.", "social_post"),
        ("“It is over,” Anna Bell said in an interview.", "interview"),
        ("“It is over,” Anna Bell said in a video address.", "video_address"),
        ("“It is over,” Anna Bell told the court.", "court"),
        ("A report said that it was over.", "document"),
        ("“It is over,” Anna Bell said.", "not_stated"),
        ("“They told reporters it is over,” Anna Bell said.", "not_stated"),
    ],
)
def test_channels(read: Reader, text: str, channel: str) -> None:
    assert read(text).analysis.quotes[0].channel == channel


@pytest.mark.model
@pytest.mark.parametrize(
    ("texts", "channels"),
    [
        (["“It is over,” Mayor Anna Bell told the Daily Courier."], ["other_media"]),
        (["“It is over,” Anna Bell said in an interview with CNN."], ["other_media"]),
        (["“It is over,” Anna Bell told the committee."], ["court"]),
        (["“It is over,” Anna Bell testified on Monday."], ["court"]),
        (["“It is over,” Anna Bell told a rally in Sarn."], ["speech"]),
        (["“It is over,” Anna Bell said in her speech."], ["speech"]),
        (["Anna Bell said free speech was under threat."], ["not_stated"]),
        (["“It is over,” Anna Bell wrote in an email."], ["private_communication"]),
        (["“It is over,” Anna Bell, a geologist, wrote in a report."], ["document"]),
        (["“It is over,” Anna Bell said in a news release."], ["press_release"]),
        (["A judge ruled that the bridge was safe."], ["court"]),
        (["The lawsuit claims that the bridge was unsafe."], ["court"]),
        (["Anna Bell said it was over, though Tom Ward tweeted that it was not."], ["not_stated", "social_post"]),
        (["“It is over,” Anna Bell told reporters.", "“We are late,” she said."], ["briefing", "briefing"]),
        (
            ["“It is over,” Anna Bell told reporters.", "“No,” said Tom Ward.", "“We are late,” Bell said."],
            ["briefing", "not_stated", "not_stated"],
        ),
        (["In an interview in July, Anna Bell looked tired. “It is over,” Bell said."], ["interview"]),
    ],
)
def test_channels_by_the_words_around_and_before(read: Reader, texts: list[str], channels: list[str]) -> None:
    assert [quote.channel for quote in read(*texts).analysis.quotes] == channels
