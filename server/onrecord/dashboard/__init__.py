"""A page about an archive: ``onrecord summary OUT``.

``entries`` reads what ``onrecord corpus`` wrote, ``table`` keeps a row of numbers for each article and ``names`` who is
quoted, ``periods`` and ``shares`` make figures of them, ``sheets`` the tables and ``charts`` the drawings, and ``page``
puts them together.
"""
