"""`make test`: lint, types, every test that this machine can run, and one line that says what was skipped."""

import os
import re
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parent.parent
FEW = 5
CLOCKED = re.compile(r"^import (?:time|subprocess)$|browser", re.M)
REPAIRS = {
    "browser": ("browser", "sudo apt install --no-install-recommends chromium"),
    "postgres": ("PostgreSQL", "JERNIH_TEST_POSTGRES=postgresql+psycopg://pengguna@127.0.0.1:5432/test make test"),
    "npm": ("penguji dari npm (axe-core, data terstruktur)", ".ci/run memasangnya"),
    "pdf": ("pustaka PDF", "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
    "shared": ("data riset bersama", "JERNIH_SHARED=<folder data> make test"),
}


def run(*command: str) -> tuple[int, str]:
    """Runs one command with its output shown and kept."""
    print(f"$ {' '.join(command)}", flush=True)
    process = subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout
    kept = []
    for line in process.stdout:
        print(line, end="", flush=True)
        kept.append(line)
    return process.wait(), "".join(kept)


def skipped(output: str) -> str:
    """One line over pytest's SKIPPED lines: what did not run here, and how to get it."""
    reasons = re.findall(r"^SKIPPED \[(\d+)\] [^:]+(?::\d+)?: (.*)$", output, re.M)
    parts = []
    for word, (name, repair) in REPAIRS.items():
        count = sum(int(number) for number, reason in reasons if word in reason.lower())
        if count:
            parts.append(f"{name}: {count} uji ({repair})")
    known = sum(int(number) for number, reason in reasons if any(word in reason.lower() for word in REPAIRS))
    others = sum(int(number) for number, _ in reasons) - known
    if others:
        parts.append(f"lainnya: {others}")
    return "Dilewati di mesin ini: " + ("; ".join(parts) if parts else "tidak ada.")


def alone(output: str) -> int:
    """Runs the few tests that failed once more, one after another, where all of them read a clock, start processes or
    drive a browser: what then passes had met a loaded machine, and is named. Any other failure stands."""
    failed = sorted(set(re.findall(r"^FAILED (.+?)(?: - .*)?$", output, re.M)))
    loaded = all(CLOCKED.search((HOUSE / name.partition("::")[0]).read_text("utf-8")) for name in failed)
    if not 0 < len(failed) <= FEW or not loaded or re.search(r"^ERROR ", output, re.M):
        return 1
    code, _ = run(sys.executable, "-m", "pytest", *failed)
    if not code:
        print("Gagal sekali, lalu lulus sendirian (mesin sibuk? periksa bila berulang): " + ", ".join(failed))
    return code


def main() -> int:
    binaries = Path(sys.executable).parent
    for command in ([str(binaries / "ruff"), "check", "."], [str(binaries / "mypy")]):
        code, _ = run(*command)
        if code:
            return code
    # Many tests wait for a clock, a browser or a process: one worker more than there are cores.
    workers = ["-n", str(min((os.cpu_count() or 1) + 1, 4)), "--dist", "loadfile"]
    told = ["-rfEs", "--durations=25", "--durations-min=5"]
    code, output = run(sys.executable, "-m", "pytest", *told, *workers, *sys.argv[1:])
    if code == 1:
        code = alone(output)
    print(skipped(output))
    if os.environ.get("JERNIH_TEST_ALL") and "SKIPPED [" in output:
        print("JERNIH_TEST_ALL: every test must run here, but some were skipped.")
        return code or 1
    return code


if __name__ == "__main__":
    sys.exit(main())
