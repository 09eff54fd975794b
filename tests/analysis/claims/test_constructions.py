"""Constructions that contest, each with variations, and sentences of the same form that contest nothing."""

from __future__ import annotations

import pytest

from tests.analysis.conftest import Reader

pytestmark = pytest.mark.model

LINKED = [
    # each clause of a list of clauses
    (
        ("The union denied that it had lied and that it had taken money.",),
        ["denied: it had lied", "denied: it had taken money"],
    ),
    (
        ("She claimed that the wells were dry and the pumps were broken.",),
        ["distanced: the wells were dry and the pumps were broken"],
    ),
    # charges
    (
        ("They face these charges: theft, arson and lying to the police.",),
        ["accusation: theft, arson and lying to the police"],
    ),
    (
        (
            "Two men were arrested on these charges:",
            "• Ben Cole: assault with a paddle.",
            "• Finn Lund: driving while drunk, $500 bail.",
            "The court opens on Monday.",
        ),
        ["accusation: assault with a paddle", "accusation: driving while drunk"],
    ),
    (("The council raised its charges: parking is now two dollars.",), []),
    (("The council explained its charges:", "Parking: two dollars an hour.", "Theft is rare."), []),
    # what nothing backs
    (
        ("The group claimed responsibility for burning the barn. It was impossible to verify the claim.",),
        ["unsubstantiated: responsibility for burning the barn"],
    ),
    (("It was impossible to leave the town.",), []),
    (("The firm gave no figures to support the claim that rents fell.",), ["unsubstantiated: rents fell"]),
    (("The mayor failed to prove that the wells were safe.",), ["unsubstantiated: the wells were safe"]),
    (("The firm gave its figures to support the claim of the tenants.",), []),
    (("The town had no money to support the choir.",), []),
    (("He did not try to explain the delay.",), []),
    # what was taken back
    (
        ("The club initially said that nobody was hurt, but subsequently admitted that two players were.",),
        ["corrected: nobody was hurt"],
    ),
    (
        ("It was first believed that the fire began in the attic, until tests showed that it began below.",),
        ["corrected: the fire began in the attic"],
    ),
    (("The club first said that nobody was hurt and then thanked the doctors.",), []),
    (("A message claiming that the school was closed was a hoax.",), ["corrected: the school was closed"]),
    (("The painting was fake.",), []),
    # what is denied by another name
    (
        ("The police examine meetings between the mayor and a smuggler.", "The mayor denied any such meetings."),
        ["denied: meetings between the mayor and a smuggler"],
    ),
    (("Meetings are held on Monday.", "The mayor denied any such meetings."), []),
    (("She bought a boat, which the clerk rejected.",), []),
    # evidence that was not given
    (
        ("Ann Cole said the mill was rigged. She did not provide any evidence.",),
        ["unsubstantiated: the mill was rigged"],
    ),
    (
        ("The guild failed to produce a shred of evidence that votes were bought.",),
        ["unsubstantiated: votes were bought"],
    ),
    (("She gave no indication that she would leave.",), []),
    # a side that answers
    (
        ("The owner said the mill would close in May. Tenants say that argument does not hold water.",),
        ["disputed: the mill would close in May"],
    ),
    (("The report did not name him. The guild said the report was late.",), []),
    (
        ("The paper reported on Friday that the choir was bankrupt. The choir pushed back against the paper’s story.",),
        ["disputed: the choir was bankrupt"],
    ),
    (("The dog ran back against the wind.",), []),
    (("Lang defended himself against a report that he had hidden letters.",), ["disputed: he had hidden letters"]),
    (("The mayor defended the town hall against the flood.",), []),
    (
        ("The guild called the closure a plot to break the strike. The brewery said the children had no part in it.",),
        [],
    ),
    (("Lang disagrees with the view that the bridge is safe.",), ["disputed: the bridge is safe"]),
    (("Lang disagrees with his sister.",), []),
    (("The guard rejected the idea that the gate was open.",), ["disputed: the gate was open"]),
    (("The guard rejected the idea that the gate should be closed.",), []),
    # charges without a word for a wrong
    (("He was held on charges of taking pipes.",), ["accusation: taking pipes"]),
    (("Cole faces charges related to a brawl.",), ["accusation: a brawl"]),
    (("She pays charges of nine dollars.",), []),
    (("The bank waived charges related to transfers.",), []),
    (("The town would rather pay than risk being blamed for the flood.",), []),
    (("Cole faces two charges, including forging a will.",), ["accusation: forging a will"]),
    (("The bank listed its charges, including a fee for cash.",), []),
    # what is claimed, alleged and disputed where the parse hangs the clause elsewhere
    (("Many saw her claim to be a healer.",), ["distanced: to be a healer"]),
    (("The song was her claim to fame.",), []),
    (
        ("The guild sent a letter disputing accusations by the owner that members had broken the gate.",),
        ["disputed: members had broken the gate"],
    ),
    (("Lund alleged in the suit that Cole earned nine million.",), ["accusation: Cole earned nine million"]),
    (("Lang is doubting a report from the harbour saying the gate was open.",), ["disputed: the gate was open"]),
    # verdicts, by the reporter or by whom it concerns
    (("Lund said the mill was shut. Wrong. It opens daily.",), ["corrected: the mill was shut"]),
    (("Lund said the mill was shut. Not true.",), ["corrected: the mill was shut"]),
    (("Lund said the mill was shut. True.",), []),
    (("The key is wrong.",), []),
    (
        ("The paper reported that the choir was bankrupt.", "The choir pushed back against the paper’s story."),
        ["disputed: the choir was bankrupt"],
    ),
    (
        ("Cole said the letters speak for the whole choir, a point on which the tenors disagree.",),
        ["disputed: the letters speak for the whole choir"],
    ),
    # variations on the passages, beside what only looks like them
    (("Mara Lund was charged with forging a will.",), ["accusation: forging a will"]),
    (("Mara Lund was charged with stealing the bell.",), ["accusation: stealing the bell"]),
    (("Mara Lund was charged with breaking two windows.",), ["accusation: breaking two windows"]),
    (("He was charged with overseeing the choir.",), []),
    (("The clerk is charged with breaking up the old contracts.",), []),
    (("Police charged him with driving without a licence.",), ["accusation: driving without a licence"]),
    (("The phone was charged with a cable.",), []),
    (("The store charged her with a fee of nine dollars.",), []),
    (("The window was broken on Monday, apparently by a goat.",), ["distanced: by a goat"]),
    (("The clerk apparently left the door open.",), ["distanced: left the door open"]),
    (("“He apparently left,” said Mara Lund.",), []),
    (("Did the clerk apparently leave?",), []),
    (
        ("Mara Lund was held over a note that she allegedly wrote to the mayor, in which she threatened him.",),
        ["distanced: a note that she … wrote to the mayor"],
    ),
    (("They searched for a boat he reportedly bought in May.",), ["distanced: a boat he … bought in May"]),
    (("They searched for the man who reportedly bought a boat.",), ["distanced: bought a boat"]),
    (("The road was closed over a flood, which the council disputes.",), []),
    (("She built a barn near the mill, which the guild rejects.",), []),
    (
        ("The hotel, which its owners call a palace, is a ruin, guests claim.",),
        ["distanced: The hotel, which its owners call a palace, is a ruin", "disputed: a palace"],
    ),
    (("The hotel, which its owners sold in May, is a ruin, guests claim.",), []),
    (
        (
            "Lena Falk claims that the school hid her letters and that teachers mocked her.",
            "The school denied these allegations.",
        ),
        ["denied: the school hid her letters", "denied: teachers mocked her"],
    ),
    (
        (
            "Lena Falk claims that the school hid her letters.",
            "The mill denied these allegations on Friday.",
            "The school was closed.",
        ),
        ["distanced: the school hid her letters"],
    ),
    (("Lena Falk claims that the tide is late.", "The school rejected these claims."), ["denied: the tide is late"]),
    (
        ("The bank has long faced criticism that it ignored farmers. Its chairman defended its loans.",),
        ["disputed: it ignored farmers"],
    ),
    (("The bank has long faced criticism that it ignored farmers. The mayor defended the bridge.",), []),
    (("The bank opened in May. Its chairman defended its loans.",), []),
    (("Some letters called the vote odd, insinuating that clerks were bribed.",), ["accusation: clerks were bribed"]),
    (("No one has provided documents to prove that.",), []),
    (
        ("Letters called the vote odd, insinuating that clerks were bribed. No one could name a paper to prove that.",),
        ["unsubstantiated: clerks were bribed"],
    ),
    (
        ("The clinic offered nothing to back up its assertion that the pills work.",),
        ["unsubstantiated: the pills work"],
    ),
    (("The clinic offered documents to back up its assertion that the pills work.",), []),
    (
        ("They claimed Lund was a spy and alleged she sold maps.",),
        ["accusation: Lund was a spy", "accusation: she sold maps"],
    ),
    (("They said Lund was a spy and a good cook.",), []),
    (
        ("A tailor told police that the mayor had hit him. The mayor called the account a lie.",),
        ["disputed: the mayor had hit him"],
    ),
    (("A tailor told police that the mayor had hit him. The mayor called the tailor.",), []),
    (("The report that the bridge had fallen was false.",), ["corrected: the bridge had fallen"]),
    (
        ("The paper initially wrote that nine people died but later corrected the number.",),
        ["corrected: nine people died"],
    ),
    (("At first the police said nobody was hurt; they later said two were.",), ["corrected: nobody was hurt"]),
    (("Police originally believed that the man fell, before a film showed a push.",), ["corrected: the man fell"]),
    (("First, the mayor said that the pier is safe. Later she said that it is open.",), []),
    (("Cole accused the guild of theft. The guild said there was no theft.",), ["disputed: theft"]),
    (("Cole said the guild was late. The guild said there was no theft.",), []),
    (("He added, claiming inaccurately that the mill has a moat.",), ["corrected: the mill has a moat"]),
]


@pytest.mark.parametrize(("texts", "claims"), LINKED, ids=[texts[0] for texts, _ in LINKED])
def test_the_construction_and_what_only_looks_like_it(read: Reader, texts: tuple[str, ...], claims: list[str]) -> None:
    assert [f"{status}: {words}" for status, words, _ in read(*texts).contested] == claims
