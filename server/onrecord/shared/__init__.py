"""Shared mode: one server for a newsroom, behind TLS, with a token for each user. Never the default."""
