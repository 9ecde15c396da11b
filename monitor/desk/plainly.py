"""A sentence for whoever runs the server -> one for everybody else: no files, keys or commands, but whom to ask."""

import re

# What only somebody at the server can do anything with.
TECHNICAL = re.compile(
    r"feeds\.toml|\bjernih (?:doctor|audit|user|run|sources|backup|collect)\b|\bmake run\b|\bdocs/|\[\[?[a-z]+\]"
    r"|\b(?:rhythm|selectors|robots_exception|trusted_proxies|confirmed_by)\b|\bsystemctl\b|\blog\b")
ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ(“])")
ASK = "Administrator kantor ini dapat memperbaikinya."


def plainly(sentences: str) -> str:
    """The sentences without the technical ones; where one is left out, whom to ask stands at the end."""
    if not TECHNICAL.search(sentences):
        return sentences
    return " ".join([*(one for one in ENDS.split(sentences) if not TECHNICAL.search(one)), ASK])
