"""Whom the words mean that name a speaker: *Bell*, *he*, *the minister*, *they*.

``speakers`` is the door: the mentions of all attributions, in the order of the article, to one ``Speaker`` for each
person, body or group; or to nobody, which is better than the wrong one. ``register`` decides, mention by mention: the
label of a transcript's turn (``labels``), then names, then nouns (``nominals``), then pronouns. ``pronouns``
says who may be meant by *he* and *she*, and ``antecedents``, which is learned, who of them is; ``entries`` are those
who speak.
"""

from onrecord.analysis.speakers.register import Speaker, said_by, speakers

__all__ = ["Speaker", "said_by", "speakers"]
