"""Onrecord: who is talking in the news, and how firmly, in the article's own words."""

__version__ = "0.1.0"
