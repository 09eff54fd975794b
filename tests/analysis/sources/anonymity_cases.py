"""Sentences on anonymity, written for Onrecord: who is granted it, why, and what only looks like it.

Each case is the text, the words of the grant, the words of the reason (or None) and the kind of the reason; a near
miss has None for the grant.
"""

from __future__ import annotations

from typing import NamedTuple

from onrecord.analysis.result import ReasonKind


class Case(NamedTuple):
    """One text and what is right for it."""

    text: str
    grant: str | None
    reason: str | None = None
    kind: ReasonKind = "none_stated"


GRANTS = [
    Case(
        "An official who spoke on condition of anonymity said the ferry was late.",
        "who spoke on condition of anonymity",
    ),
    Case(
        "“It is over,” said an aide, speaking on the condition of anonymity to describe private talks.",
        "speaking on the condition of anonymity",
        "to describe private talks",
        "sensitive",
    ),
    Case(
        "A nurse who asked not to be named for fear of losing her job said the ward was full.",
        "who asked not to be named",
        "for fear of losing her job",
        "fear",
    ),
    Case(
        "A diplomat who was not authorized to speak publicly said the treaty was dead.",
        "who was not authorized to speak publicly",
        "was not authorized to speak publicly",
        "not_authorized",
    ),
    Case(
        "Two people briefed on the plan, who were not authorised to discuss it, said it would cost more.",
        "who were not authorised to discuss it",
        "were not authorised to discuss it",
        "not_authorized",
    ),
    Case(
        "The adviser, who requested anonymity because the review is confidential, said it had found three faults.",
        "who requested anonymity",
        "because the review is confidential",
        "sensitive",
    ),
    Case("“They knew,” said an engineer who declined to be identified.", "who declined to be identified"),
    Case(
        "“We were beaten,” said a detainee who refused to give his name, fearing reprisals.",
        "who refused to give his name",
        "fearing reprisals",
        "fear",
    ),
    Case("A minister who did not want to be named said the vote was lost.", "who did not want to be named"),
    Case("A lawmaker who wished to remain anonymous said the bill was dead.", "who wished to remain anonymous"),
    Case("The caller, who insisted on anonymity, said the safe was empty.", "who insisted on anonymity"),
    Case(
        "A clerk who was granted anonymity because she feared retaliation said the files were gone.",
        "who was granted anonymity",
        "because she feared retaliation",
        "fear",
    ),
    Case(
        "A Republican aide granted anonymity to speak candidly said the plan was hopeless.",
        "granted anonymity",
        "to speak candidly",
        "other",
    ),
    Case(
        "“I saw it,” said a guard who cannot be named for legal reasons.",
        "who cannot be named",
        "for legal reasons",
        "other",
    ),
    Case(
        "A banker, asking not to be identified discussing a client, said the deal was off.",
        "asking not to be identified",
        "discussing a client",
        "sensitive",
    ),
    Case(
        "The deal is off, according to a person familiar with the talks, who asked not to be identified because the "
        "matter is private.",
        "who asked not to be identified",
        "because the matter is private",
        "sensitive",
    ),
    Case(
        "The deal is off, a person with knowledge of the matter said, on condition of anonymity.",
        "on condition of anonymity",
    ),
    Case("An anonymous official said the ship had sunk.", "anonymous official"),
    Case("An anonymous source told the paper that the ship had sunk.", "anonymous source"),
    Case("A teacher who spoke anonymously said the school was cold.", "who spoke anonymously"),
    Case(
        "A teacher, speaking anonymously to protect her pupils, said the school was cold.",
        "speaking anonymously",
        "to protect her pupils",
        "fear",
    ),
    Case("A trader who preferred not to be named said the price would fall.", "who preferred not to be named"),
    Case(
        "A soldier who asked that his name not be used said the road was mined.", "who asked that his name not be used"
    ),
    Case(
        "A mother who asked that her name be withheld said the water was brown.", "who asked that her name be withheld"
    ),
    Case("A witness whose name is being withheld said the man had run.", "whose name is being withheld"),
    Case("One resident, who would not give her name, said the siren came late.", "who would not give her name"),
    Case(
        "One resident, who would only speak anonymously, said the siren came late.", "who would only speak anonymously"
    ),
    Case("A driver who did not wish to be identified said the brakes had failed.", "who did not wish to be identified"),
    Case(
        "Citing fear of arrest, a printer who asked not to be named said the presses had stopped.",
        "who asked not to be named",
        "Citing fear of arrest",
        "fear",
    ),
    Case(
        "Because she was not permitted to speak to the press, the analyst asked not to be named, but said the sums "
        "were wrong.",
        "asked not to be named",
        "Because she was not permitted to speak to the press",
        "not_authorized",
    ),
    Case(
        "“The pumps failed,” an engineer said. The engineer asked not to be named because the inquiry is under way.",
        "asked not to be named",
        "because the inquiry is under way",
        "sensitive",
    ),
    Case(
        "Two officials said the pumps had failed. They spoke on condition of anonymity because they were not allowed "
        "to brief reporters.",
        "spoke on condition of anonymity",
        "because they were not allowed to brief reporters",
        "not_authorized",
    ),
    Case(
        "Two officials said the pumps had failed. Both spoke on condition of anonymity.",
        "spoke on condition of anonymity",
    ),
    Case(
        "Three sources said the pumps had failed. The sources declined to be named because the talks are continuing.",
        "declined to be named",
        "because the talks are continuing",
        "sensitive",
    ),
    Case(
        "Current and former staff, all of whom requested anonymity, said the pumps had failed.",
        "all of whom requested anonymity",
    ),
    Case(
        "A senior officer, speaking under condition of anonymity, said the line had broken.",
        "speaking under condition of anonymity",
    ),
    Case(
        "A senior officer agreed to talk only on condition that he not be named and said the line had broken.",
        "on condition that he not be named",
    ),
    Case(
        "A developer who sought anonymity to avoid a lawsuit said the code was copied.",
        "who sought anonymity",
        "to avoid a lawsuit",
        "fear",
    ),
    Case(
        "An employee who asked for anonymity out of concern for her safety said the doors were locked.",
        "who asked for anonymity",
        "out of concern for her safety",
        "fear",
    ),
    Case(
        "An employee who asked to remain anonymous, citing company rules, said the doors were locked.",
        "who asked to remain anonymous",
        "citing company rules",
        "not_authorized",
    ),
    Case("“The doors were locked,” said one worker on condition of anonymity.", "on condition of anonymity"),
    Case(
        "Several workers, who requested anonymity since the case is in court, said the doors were locked.",
        "who requested anonymity",
        "since the case is in court",
        "sensitive",
    ),
    Case(
        "A Western diplomat who is not being identified because of the risk to his staff said the road was shut.",
        "who is not being identified",
        "because of the risk to his staff",
        "fear",
    ),
    Case("A pilot who asked to go unnamed said the runway was wet.", "who asked to go unnamed"),
    Case("A voter who would not be named said she had stayed at home.", "who would not be named"),
]

NEAR_MISSES = [
    Case("The clerk spoke on background about anonymity, the judge said.", None),
    Case("People familiar with the matter said the deal was dead.", None),
    Case("A source close to the family said the house was sold.", None),
    Case("An official said the deal was dead.", None),
    Case("A spokesman declined to comment but said the deal was on.", None),
    Case("“He asked not to be named,” the editor said of his source.", None),
    Case("The minister said witnesses had been granted anonymity by the court.", None),
    Case("The group Anonymous said it had broken into the server.", None),
    Case("A letter from an anonymous donor was read out, the vicar said.", None),
    Case("The guard said he was not authorized to open the gate.", None),
    Case("The company was not authorized to sell the drug, the regulator said.", None),
    Case("The buyer, who refused to name the price, said he was pleased.", None),
    Case("An unnamed official said the deal was dead.", None),
    Case("Anna Bell, who asked not to be disturbed, said the show would go on.", None),
    Case("Anna Bell, who was not authorized to speak for the board, said the show would go on.", None),
    Case("The paper’s policy on the condition of anonymity has changed, its editor said.", None),
    Case("A bill that guarantees anonymity to donors will pass, its sponsor said.", None),
    Case("Officials said the suspect could not be identified because of his age.", None),
    Case("Police said the victim asked not to be named.", None),
    Case("The body has not been identified, police said.", None),
    Case("Councillors refused to be drawn, and the mayor said it was late.", None),
    Case("The author, once anonymous, said the book was true.", None),
    Case("Alcoholics Anonymous said its meetings would go on.", None),
    Case("A doctor said patients prefer to remain anonymous.", None),
    Case("An adviser said anonymous calls had been made to the house.", None),
    Case("The judge declined to identify the juror, a clerk said.", None),
    Case("A spokesman denied it. An aide who spoke on condition of anonymity was dismissed in May.", None),
]

OPINIONS = [
    ("“It is a disgrace,” said an aide who spoke on condition of anonymity.", True),
    ("“She should resign,” said an aide who spoke on condition of anonymity.", True),
    ("“I think he has lost his touch,” said an aide who spoke on condition of anonymity.", True),
    ("“This was the most incompetent team I have seen,” said an aide who spoke on condition of anonymity.", True),
    ("“It would be a mistake to wait,” said an aide who spoke on condition of anonymity.", True),
    ("“He is a bully,” said an aide who spoke on condition of anonymity.", True),
    ("“They met on Tuesday at noon,” said an aide who spoke on condition of anonymity.", False),
    ("The plant will close in June, said an aide who spoke on condition of anonymity.", False),
    ("“We signed the contract last week,” said an aide who spoke on condition of anonymity.", False),
    ("“The best time to call is noon,” said an aide who spoke on condition of anonymity.", False),
    ("“The files must be stored for five years under the law,” said an aide who spoke anonymously.", False),
]
