"""Which words are a cue, and which are its source and its content, by learned weights.

``load`` gives the ``Tagger``, and a ``Reader`` reads one text with it as it grows: ``features`` (what is told of each
word) -> the encoder -> ``decoder`` (scores to relations); ``afar`` looks for what is answered long before, and
``kinds`` says what kind of source somebody is. The files lie here, with a card (``README.md``), those of
``names.shapes``, ``names.entities``, ``speakers.antecedents``, ``speakers.resemblance`` and ``quotes.exchanges`` too;
``weights`` checks them. ``memory`` keeps what need not be read again.
"""

from onrecord.analysis.model.tagger import Contest, Heard, Reader, Tagger, load

__all__ = ["Contest", "Heard", "Reader", "Tagger", "load"]
