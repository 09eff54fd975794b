"""What kind of source a speaker is, how identified, and by which words of the article.

``describe`` is the door: speakers in, sources out. **Who decided that he is an expert?** ``decided`` did, in ``kinds``:
it holds two readings of one speaker against each other.

1. The rules' (``readings``): ``clues`` takes from every mention the words that tell a type, and those that say most
   win. Of a person ``persons`` weighs all that the article says, found by ``descriptions``; what a noun phrase such as
   *a spokeswoman for the union* says somebody is, ``roles`` reads; what a body's own name says, ``names.bodies``.
2. The learned votes (``portraits``) of the words in and beside the mention.

``anonymity`` then looks for a grant of it, which overrules the identification, and for its reason. ``channels`` says of
each quote how it reached the reader: told to reporters, posted, written in a document.
"""

from onrecord.analysis.sources.kinds import decided, describe

__all__ = ["decided", "describe"]
