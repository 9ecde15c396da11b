"""Jernih's corridor: public pages in, verified answers out. The map stands in pipeline.py's docstring."""

__version__ = "0.1.0"
