"""Assemblier: access to care in French territories, from the official data to the council page."""
