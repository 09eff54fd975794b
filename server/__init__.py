"""The Onrecord server; ``python3 -m server`` sets it up and runs it (see ``bootstrap``)."""
