"""The server: routes, the door, limits, streaming and pages. It knows no linguistics."""
