"""What is said, with which cue, and the words beside it that name the speaker.

``attributions`` is the door, called once for each strand (``strands``: the running text, and each piece of furniture
by itself). It collects drafts in this order, and what comes earlier is not asked again:

1. forms of their own, of which the tagger is not asked: turns with labels (``transcripts``) and without
   (``exchanges``), whose answers are an interviewee's (``interviews``), ``headlines``, refusals (``disclosures``),
   ``signatures``, words set apart behind a colon (``introduced``);
2. what the tagger found (``model``), made whole by syntax (``drafts``); what a noun reports (``told``);
3. quotations (``owners``): each goes to the draft that has most of it, and where none has, by the words beside it
   (``direct``, in the ``gaps``; ``neighbours``, in the sentences around) and by its own form (``utterances``);
4. what the tagger took together and belongs apart (``joins``).

``contents`` then says what of each draft is content, and ``wording``, where its words settle it, whether it was said at
all rather than thought or done (``statements``); where they leave it open, the learned vote of ``said`` decides.
"""

from onrecord.analysis.quotes.attribution import Attribution, attributions

__all__ = ["Attribution", "attributions"]
