"""Article -> Analysis. Pure: no web, and no disk beyond its own data files.

The road: ``parse`` (language) -> ``marks`` -> ``attribution`` -> ``speakers`` -> ``kinds``, ``channels`` -> ``claims``.
"""
