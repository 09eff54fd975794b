"""Every guard of docs/threat-model.md, taken out one by one: ``python -m bench.guards``."""
