"""Published fact-checks, kept on this computer and looked up offline. Nothing is looked up until a file is imported.

``reviews`` reads what fact-checkers publish (schema.org ClaimReview), ``library`` keeps it in SQLite, ``likeness``
decides whether a statement of an article is the statement that was reviewed.
"""
