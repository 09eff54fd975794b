"""The documentation site: ``python -m sphinx -W docs FOLDER``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "server"))

import onrecord

project = "Onrecord"
author = "the makers of Onrecord"
release = version = onrecord.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["images"]
nitpicky = False  # the standard library's pages are not on this machine
myst_heading_anchors = 3  # links to headings, as they work where Markdown is read in place
html_theme = "furo"
html_title = f"Onrecord {release}"
html_show_copyright = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
