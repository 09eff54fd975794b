"""What kind of source a speaker is, how identified, and by which words of the article.

``describe`` is the door: speakers in, sources out. **Who decided that he is an expert?** ``decided`` did, in ``kinds``,
by what the model says (``model.kinds``) of the words that ``portraits`` shows it: the source's mentions and wherever
else it is named.

``anonymity`` then looks for a grant of it, which overrules the identification, and for its reason. ``channels`` says of
each quote how it reached the reader: told to reporters, posted, written in a document.
"""

from onrecord.analysis.sources.kinds import Judge, describe, judge

__all__ = ["Judge", "describe", "judge"]
