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
]


@pytest.mark.parametrize(("texts", "claims"), LINKED, ids=[texts[0] for texts, _ in LINKED])
def test_the_construction_and_what_only_looks_like_it(read: Reader, texts: tuple[str, ...], claims: list[str]) -> None:
    assert [f"{status}: {words}" for status, words, _ in read(*texts).contested] == claims
