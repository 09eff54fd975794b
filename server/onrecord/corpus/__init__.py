"""An archive, analysed: ``onrecord corpus IN OUT``.

``readers`` cut the input into items, ``answers`` makes the lines of an item, ``engines`` has that done in
processes, or ``cluster`` on other machines, ``output`` keeps what is done so that a run that was stopped goes on, and
``run`` holds them together.
"""
