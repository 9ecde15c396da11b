"""python -m tests.bench [name...]: every module of this package (or the named ones), each in its turn."""

import importlib
import pkgutil
import sys

from tests import bench


def names() -> list[str]:
    """The modules that measure something, in the order of the alphabet."""
    return sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_"))


def main(wanted: list[str]) -> int:
    known = names()
    unknown = [name for name in wanted if name not in known]
    if unknown:
        print(f"no such measurement: {', '.join(unknown)}; there are {', '.join(known)}")
        return 2
    for name in wanted or known:
        print(f"== {name}", flush=True)
        importlib.import_module(f"tests.bench.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
