"""The overlay in a browser: ``python -m bench.overlay`` for its budgets, ``bench.overlay.pages`` for real pages."""
