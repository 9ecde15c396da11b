"""deploy/ and docs/pasang.md held against the program: every path, command, option, target and port exists."""

import configparser
import re
import shutil
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor import sources
from monitor.cli import COMMANDS
from monitor.cli import app as jernih
from monitor.sources import Desk

HOUSE = Path(__file__).parent.parent
DEPLOY = HOUSE / "deploy"
GUIDE = (HOUSE / "docs" / "pasang.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, re.M | re.S)
SHELL = [text for kind, text in BLOCKS if kind == "sh"]
TOML = [text for kind, text in BLOCKS if kind == "toml"]
ENVIRONMENT = {"JERNIH_HOME", "JERNIH_FEEDS", "JERNIH_DATABASE_URL", "JERNIH_SMTP_PASSWORD"}


def unit(name: str) -> dict[str, dict[str, list[str]]]:
    """A systemd unit: section, key, values (a key may stand more than once)."""
    found: dict[str, dict[str, list[str]]] = {}
    section: dict[str, list[str]] = {}
    for line in (DEPLOY / name).read_text("utf-8").splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            section.setdefault(key, []).append(value)
    return found


@cache
def options(command: str) -> str:
    """The help of `jernih COMMAND`."""
    answer = CliRunner().invoke(jernih, [*command.split(), "--help"], env={"COLUMNS": "200", "TERM": "dumb"})
    assert answer.exit_code == 0, f"jernih {command} --help: {answer.output}"
    return answer.output


# The guide


def test_guide_covers_what_an_operator_asks() -> None:
    for word in ("apt", "adduser", "/var/lib/jernih", "systemctl enable", "Caddyfile", "nginx", "ssh -L", "proxy",
                 "jernih-backup.timer", "restore", "git -C /opt/jernih pull", "checkout", "Debian 12", "Debian 13"):
        assert word in GUIDE, f"docs/pasang.md says nothing of {word}"


@pytest.mark.parametrize("text", SHELL)
def test_shell_blocks_are_shell(text: str) -> None:
    checked = subprocess.run(["sh", "-n"], input=text, text=True, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("text", TOML)
def test_toml_blocks_are_settings_that_jernih_accepts(text: str) -> None:
    tomllib.loads(text)
    read = sources.read(text)
    assert not [warning for warning in read.warnings if "tidak dikenal" in warning]


def test_every_file_of_the_program_that_the_guide_names_is_there() -> None:
    named = set(re.findall(r"/opt/jernih/([\w./-]+)", GUIDE))
    named |= set(re.findall(r"`((?:deploy|docs|tests)/[\w./-]+)`", GUIDE))
    files = {name for name in named if not name.startswith(".venv")}
    assert {"deploy/jernih.service", "deploy/Caddyfile", "deploy/nginx.conf", "feeds.toml"} <= files
    assert sorted(name for name in files if not (HOUSE / name).exists()) == []
    assert {name for name in named if name.startswith(".venv")} <= {".venv", ".venv/bin/jernih", ".venv/bin/pip"}


def test_every_make_target_that_the_guide_names_is_there() -> None:
    makefile = (HOUSE / "Makefile").read_text("utf-8").replace("$(VENV)", ".venv")
    wanted = set(re.findall(r"\bmake (?:-C \S+ )?([\w./-]+)", "\n".join(SHELL)))
    wanted -= {"python3", "jernih"}
    assert wanted == {".venv/.run"}
    assert all(re.search(rf"^{re.escape(target)}:", makefile, re.M) for target in wanted)


def test_every_command_and_option_that_the_guide_names_is_there() -> None:
    lines = "\n".join(SHELL) + "\n" + "\n".join(re.findall(r"`(jernih [^`]+)`", GUIDE))
    found = re.findall(r"(?:bin/|^|`)jernih ((?:audit )?[a-z]+)([^\n'`|]*)", lines, re.M)
    assert {name for name, _ in found} >= {"doctor", "restore", "audit verify", "queue"}
    for name, rest in found:
        assert name.split()[0] in COMMANDS, f"docs/pasang.md names `jernih {name}`, which is no command"
        for option in re.findall(r"(?<!\S)--[\w-]+", rest):
            assert option in options(name), f"`jernih {name}` knows no {option}"


def test_every_unit_that_the_guide_names_is_shipped() -> None:
    named = set(re.findall(r"jernih[\w-]*\.(?:service|timer)", GUIDE))
    assert named == {path.name for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer")}


def test_ports_and_variables_are_the_programs_own() -> None:
    assert set(re.findall(r"127\.0\.0\.1:(\d+)", GUIDE)) == {str(Desk().port), str(Desk().metrics_port), "9000"}
    texts = [GUIDE, *(path.read_text("utf-8") for path in DEPLOY.iterdir())]
    assert {name for text in texts for name in re.findall(r"JERNIH_[A-Z_]+", text)} == ENVIRONMENT
    code = "\n".join(path.read_text("utf-8") for path in (HOUSE / "monitor").rglob("*.py"))
    assert all(f'"{name}"' in code for name in ENVIRONMENT)


def test_guide_and_unit_agree_on_places() -> None:
    service = unit("jernih.service")["Service"]
    assert service["User"] == service["Group"] == ["jernih"]
    places = " ".join(service["Environment"])
    for place in ("JERNIH_HOME=/var/lib/jernih", "JERNIH_FEEDS=/etc/jernih/feeds.toml"):
        assert place in places
        assert place in GUIDE
    assert service["EnvironmentFile"] == ["-/etc/jernih/env"]
    assert service["StateDirectory"] == ["jernih"]


# The units


def test_service_is_watched_ends_in_time_and_knows_our_exit_codes() -> None:
    service = unit("jernih.service")["Service"]
    assert service["Type"] == ["notify"]
    assert service["ExecStart"] == ["/opt/jernih/.venv/bin/jernih run"]
    assert int(service["WatchdogSec"][0]) >= 60
    assert int(service["TimeoutStopSec"][0]) > 20
    assert service["RestartPreventExitStatus"] == ["2 3"]
    assert service["Restart"] == ["on-failure"]


def test_service_is_given_nothing_it_does_not_need() -> None:
    service = unit("jernih.service")["Service"]
    for key in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "ProtectKernelModules",
                "MemoryDenyWriteExecute", "LockPersonality", "RestrictSUIDSGID", "ProtectClock"):
        assert service[key] == ["yes"], key
    assert service["ProtectSystem"] == ["strict"]
    assert service["CapabilityBoundingSet"] == [""]
    assert service["SystemCallFilter"] == ["@system-service"]


def test_backup_runs_every_night_with_a_command_that_exists() -> None:
    backup, timer = unit("jernih-backup.service")["Service"], unit("jernih-backup.timer")["Timer"]
    assert '"$$jernih" backup "$$file"' in backup["ExecStart"][0]
    assert "Berkas cadangan" in options("backup")
    assert timer["Persistent"] == ["true"]
    script = re.search(r"-ec '(.*)'$", backup["ExecStart"][0])
    assert script
    plain = script[1].replace("$$", "$").replace("%%", "%")
    assert subprocess.run(["sh", "-n"], input=plain, text=True, check=False).returncode == 0


# Proxies and the container


def test_proxies_pass_health_alone_to_the_desks_port() -> None:
    for name in ("Caddyfile", "nginx.conf"):
        text = (DEPLOY / name).read_text("utf-8")
        assert set(re.findall(r"127\.0\.0\.1:(\d+)", text)) == {str(Desk().port)}
        assert "/health" in text
        assert "404" in text
    nginx = (DEPLOY / "nginx.conf").read_text("utf-8")
    assert re.findall(r"location (?:= )?(\S+) \{\s+(\w+)", nginx) == [("/health", "proxy_pass"), ("/", "return")]


def test_container_copies_what_is_there_and_runs_what_the_unit_runs() -> None:
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    for names in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.M):
        assert [name for name in names.split() if not (HOUSE / name).exists()] == []
    assert 'CMD ["/opt/jernih/.venv/bin/jernih", "run"]' in text
    assert "USER jernih" in text
    assert re.search(r"^FROM [\w:.-]+", text, re.M)
    assert not re.search(r"^FROM \S+/", text, re.M), "no registry's host stands in the container file"
    assert "--network=host" in text


def test_unit_reader_reads_as_systemd_would() -> None:
    plain = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    plain.read(DEPLOY / "jernih.service", "utf-8")
    assert plain.sections() == list(unit("jernih.service"))


# The real programs judge their own files where the machine has them.


if shutil.which("systemd-analyze"):

    @pytest.mark.parametrize("name", ["jernih.service", "jernih-backup.timer"])
    def test_systemd_accepts_the_units(name: str, tmp_path: Path) -> None:
        for path in DEPLOY.glob("jernih*.*"):
            text = path.read_text("utf-8").replace("/opt/jernih/.venv/bin/jernih run", "/bin/true")
            (tmp_path / path.name).write_text(text.replace("file:/opt/jernih", "file:/tmp"))
        checked = subprocess.run(["systemd-analyze", "--man=no", "verify", str(tmp_path / name)], capture_output=True,
                                 text=True, check=False)
        ours = [line for line in checked.stderr.splitlines() if str(tmp_path) in line]
        assert (checked.returncode, ours) == (0, []), checked.stderr


if shutil.which("nginx") and shutil.which("openssl"):

    def test_nginx_accepts_its_example(tmp_path: Path) -> None:
        keys = ["-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")]
        order = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *keys, "-days", "2", "-subj", "/CN=x"]
        subprocess.run(order, check=True, capture_output=True)
        text = (DEPLOY / "nginx.conf").read_text("utf-8").replace("/etc/ssl/jernih", str(tmp_path))
        whole = f"events {{}} pid {tmp_path}/pid; error_log stderr; http {{ access_log off; {text} }}"
        (tmp_path / "nginx.conf").write_text(whole)
        checked = subprocess.run(["nginx", "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True,
                                 check=False)
        assert "syntax is ok" in checked.stderr, checked.stderr


if shutil.which("caddy"):

    def test_caddy_accepts_its_example() -> None:
        checked = subprocess.run(["caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")],
                                 capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
