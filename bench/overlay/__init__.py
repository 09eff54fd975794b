"""The overlay in a real browser: ``python -m bench.overlay`` for its budgets, ``python -m bench.overlay.pages`` for pages."""
