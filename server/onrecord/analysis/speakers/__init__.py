"""Whom the words mean that name a speaker: *Bell*, *he*, *the minister*, *they*.

``speakers`` is the door: the mentions of all attributions, in the order of the article, to one ``Speaker`` for each
person, body or group; or to nobody, which is better than the wrong one. ``register`` decides, mention by mention: the
label of a transcript's turn (``labels``), then pronouns, then whose *her statement* is (``remarks``), then the names of
persons (``bearers``) and of bodies (``bodies``), then nouns (``nouns``: what they say by themselves). ``pronouns`` says
who may be meant by *he* and *she*, and ``antecedents``, which is learned, who of them is; ``referents`` and
``resemblance`` say the same of *the minister*, *it* and *they* (``descriptions``: the words beside a name), ``groups``
who *both* are. ``ranking`` is how the learned ones weigh. The ``roll`` keeps the ``entries``, those who speak, and
``speaker`` finishes them.
"""

from onrecord.analysis.speakers.register import said_by, speakers
from onrecord.analysis.speakers.speaker import Speaker

__all__ = ["Speaker", "said_by", "speakers"]
