"""a CSS selector as written -> is its grammar sound? So that a slip is told with its line, before a page is parsed.

Small on purpose: soupsieve, which runs the selectors, costs 0.14 CPU seconds to import and 0.2 to warm up, and it has
the last word when a page is parsed. Whatever it accepts must pass here (tests/test_sources.py holds the two together).
"""

import re

IDENT = r"-?(?:[_a-zA-Z\u0080-\U0010ffff]|\\.)(?:[-\w\u0080-\U0010ffff]|\\.)*|--(?:[-\w]|\\.)*"
TOKENS = re.compile(
    rf"""(?P<simple> \* | (?:{IDENT}) | [#.](?:{IDENT}) | \[ \s* (?:{IDENT}) \s*
            (?: [~|^$*!]?= \s* (?: "[^"\n]*" | '[^'\n]*' | (?:{IDENT}) | [\w.-]+ ) \s* [iIsS]? \s* )? \] )
      | (?P<open> :(?:not|is|where|matches|any|has)\( \s* )
      | (?P<pseudo> ::?(?:{IDENT}) (?: \( (?: [^()"'] | "[^"]*" | '[^']*' )* \) )? )
      | (?P<close> \s* \) )
      | (?P<comma> \s* , \s* )
      | (?P<join> \s* [>+~] \s* | \s+ )""",
    re.VERBOSE,
)


def sound(selector: str) -> bool:
    """Is this a selector list in which every combinator, comma and bracket has what it needs on both sides?"""
    text, here, depth, last = selector.strip(), 0, 0, "comma"
    while here < len(text):
        found = TOKENS.match(text, here)
        if found is None or not follows(found.lastgroup or "", last, depth):
            return False
        here, last = found.end(), found.lastgroup or ""
        depth += (last == "open") - (last == "close")
    return depth == 0 and last not in ("comma", "join", "open")


def follows(part: str, last: str, depth: int) -> bool:
    """May this part of a selector stand after the one before it?"""
    if part in ("simple", "pseudo", "open"):
        return True
    if part == "join":
        return last in ("simple", "pseudo", "close", "open")
    return last in ("simple", "pseudo", "close") and (part == "comma" or depth > 0)
