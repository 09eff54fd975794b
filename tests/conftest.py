"""Fixtures that more than one test module uses."""

from __future__ import annotations

import pytest
from spacy.language import Language

from onrecord.analysis import language
from onrecord.analysis.analyzer import Analyzer
from onrecord.analysis.model import tagger


@pytest.fixture(scope="session")
def nlp() -> Language:
    """spaCy's English model, loaded once; for tests marked ``model``."""
    return language.load()


@pytest.fixture(scope="session")
def analyzer(nlp: Language) -> Analyzer:
    """The whole analysis with the real model."""
    return Analyzer(nlp, tagger.load())
