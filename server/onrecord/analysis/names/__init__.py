"""What a word names: a person, a body, or nobody who could speak.

Not a stage: the stages ask it, and it asks none of them. ``entities`` finds names as the pipeline's last component
(learned). ``people`` gathers every form of a person's name under the fullest one (``Names``), by what it found and by
how names are spelt (``shapes``, learned). ``bodies`` says what kind of body a name is, by its own words (``kind_of``).
``animacy`` bans: *he* is never a bank, *logic* says nothing.
"""

from onrecord.analysis.names.bodies import kind_of
from onrecord.analysis.names.people import Names

__all__ = ["Names", "kind_of"]
