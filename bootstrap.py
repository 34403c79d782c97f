"""Sets the portal up and starts it: `python3 bootstrap.py run | test | manage ...`.

Standard library only. It must parse on any Python 3.6 or newer, so that an old one is told so in a sentence.
"""

import contextlib
import hashlib
import os
import pathlib
import secrets
import socket
import subprocess
import sys
import tempfile
import typing
import urllib.parse

if sys.version_info < (3, 11):
    sys.exit(
        "Python 3.11 or newer is needed, and this is {}.{}. Name a newer one, as in: "
        "make run PYTHON=python3.12".format(*sys.version_info)
    )

ROOT = pathlib.Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BUILD = ROOT / "build"
STAMP = VENV / "installed"
# Each holds all of the one before it, at the same versions: `make lock` sees to that.
LOCKS = ("requirements.lock", "requirements-all.lock", "requirements-dev.lock")
# What builds the one dependency that comes as source; installed first, so that it too is checked by its hash.
BUILD_LOCK = "requirements-build.lock"


def main(arguments: list[str]) -> None:
    commands = {"run": run, "test": test, "manage": manage}
    if not arguments or arguments[0] not in commands:
        sys.exit("Usage: python3 bootstrap.py run | test [pytest arguments] | manage COMMAND [arguments]")
    commands[arguments[0]](arguments[1:])


def run(arguments: list[str]) -> None:
    """Brings everything up to date, then becomes the server."""
    read_dot_env()
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    refuse_taken_port(host, port)
    prepare_data_folder()
    install(lock_for_environment())
    collect_static_files()
    require([str(PYTHON), "manage.py", "prepare_site"])
    refuse_taken_port(host, port)
    # As environment and not as flags, so that an operator's own GRANIAN_* win.
    for name, value in (
        ("HOST", host),
        ("PORT", port),
        ("INTERFACE", "wsgi"),
        ("WORKERS", "1"),
        ("BLOCKING_THREADS", str(min(8, 2 * (os.cpu_count() or 1) + 1))),
        ("RESPAWN_FAILED_WORKERS", "true"),
        ("WORKERS_KILL_TIMEOUT", "30"),
        ("WEBSOCKETS", "false"),
        ("LOG_LEVEL", "warning"),
    ):
        os.environ.setdefault("GRANIAN_" + name, value)
    let_threads_finish_their_turn()
    become([str(PYTHON), "-m", "granian", "cityportal.wsgi:application", *arguments])


def test(arguments: list[str]) -> None:
    """Lint and types once per state of the tree, then pytest; with arguments pytest alone."""
    install("requirements-dev.lock")
    if not arguments:
        lint()
        arguments = ["--numprocesses=auto", "--maxprocesses=4", "--dist=worksteal"]
    become([str(PYTHON), "-m", "pytest", *arguments])


def manage(arguments: list[str]) -> None:
    read_dot_env()
    prepare_data_folder()
    install(lock_for_environment())
    become([str(PYTHON), "manage.py", *arguments])


# The environment


def read_dot_env() -> None:
    """NAME=value lines; what is already in the environment wins, as it does when Django reads the file."""
    try:
        text = pathlib.Path(os.environ.get("ENV_FILE") or ROOT / ".env").read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    for line in text.splitlines():
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def data_folder() -> pathlib.Path:
    return (ROOT / (os.environ.get("DATA_DIR") or "data")).resolve()


def serves_https() -> bool:
    return os.environ.get("SITE_URL", "").startswith("https://")


def refuse_taken_port(host: str, port: str) -> None:
    if not port.isdecimal() or not 0 < int(port) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, and it is “{port}”.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        sys.exit(
            f"Port {port} on {host} cannot be used ({reason(error)}). "
            "Choose another, as in: make run PORT=8080"
        )


def prepare_data_folder() -> None:
    folder = data_folder()
    try:
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        for file in folder.glob("portal.sqlite3*"):
            file.open("ab").close()
        if not os.environ.get("SECRET_KEY"):
            write_secret_key(folder / "secret_key")
    except OSError as error:
        sys.exit(f"The data folder {folder} cannot be written ({reason(error)}). Name another in DATA_DIR.")


def write_secret_key(path: pathlib.Path) -> None:
    if serves_https():
        sys.exit("SECRET_KEY is not set. A site served over https needs one of 50 or more random characters.")
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))


def lock_for_environment() -> str:
    scheme = urllib.parse.urlsplit(os.environ.get("DATABASE_URL", "")).scheme
    bigger_parts = scheme.startswith(("postgres", "psql", "pgsql")) or any(
        os.environ.get(name) for name in ("REDIS_URL", "AWS_STORAGE_BUCKET_NAME")
    )
    return "requirements-all.lock" if bigger_parts else "requirements.lock"


# The virtual environment


def install(lock: str) -> None:
    if is_installed(lock):
        return
    try:
        import ensurepip  # noqa: F401 - Debian takes it out of Python, and venv cannot work without
    except ImportError:
        sys.exit("This Python cannot make virtual environments. On Debian, install the package python3-venv.")
    BUILD.mkdir(exist_ok=True)
    with open(BUILD / "install.guard", "w") as guard:
        alone(guard)
        if not is_installed(lock):
            print(f"Installing the packages of {lock} into .venv ...", flush=True)
            with open(BUILD / "install.log", "w") as log:
                fill_environment(lock, log)


def fill_environment(lock: str, log: typing.TextIO) -> None:
    # Without a stamp the last attempt was cut short; with another one another Python made it.
    found = STAMP.read_text() if PYTHON.exists() and STAMP.exists() else ""
    STAMP.unlink(missing_ok=True)
    if found.startswith(python_stamp()):
        # What was there stays there, at the new versions.
        lock = max(lock, found.split()[-2], key=LOCKS.index)
    else:
        base = getattr(sys, "_base_executable", sys.executable)
        failure = "The virtual environment .venv could not be made."
        logged([base, "-m", "venv", "--clear", str(VENV)], log, failure)
    pip = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-input", "--retries=2"]
    pip += ["--disable-pip-version-check", "--progress-bar=off"]
    failure = "The packages could not be installed; is there a network?"
    logged([*pip, "-r", BUILD_LOCK], log, failure)
    logged([*pip, "--no-build-isolation", "--use-pep517", "-r", lock], log, failure)
    STAMP.write_text(stamp(lock))


def is_installed(lock: str) -> bool:
    if not PYTHON.exists() or not STAMP.exists():
        return False
    found = STAMP.read_text()
    return any(found == stamp(enough) for enough in LOCKS[LOCKS.index(lock) :])


def stamp(lock: str) -> str:
    content = (ROOT / BUILD_LOCK).read_bytes() + (ROOT / lock).read_bytes()
    return f"{python_stamp()}\n{lock} {hashlib.sha256(content).hexdigest()}\n"


def python_stamp() -> str:
    return f"Python {sys.version} in {sys.base_prefix}".replace("\n", " ")


def alone(guard: typing.TextIO) -> None:
    """Two terminals may start at once; the second waits here and finds the work done."""
    import fcntl

    fcntl.flock(guard, fcntl.LOCK_EX)


def logged(command: list[str], log: typing.TextIO, failure: str) -> None:
    if subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL).returncode:
        sys.exit(f"{failure} What happened is in {log.name}.")


# What is made from the sources


def collect_static_files() -> None:
    """Only when a file or a package changed: hashing and compressing takes far longer than starting."""
    print_of_sources = hashlib.sha256(STAMP.read_bytes() + (ROOT / "cityportal" / "settings.py").read_bytes())
    for folder in (ROOT / "static", ROOT / "news" / "static"):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                print_of_sources.update(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}\n".encode())
    collected = BUILD / "static.stamp"
    if (
        (BUILD / "static").is_dir()
        and collected.exists()
        and collected.read_text() == print_of_sources.hexdigest()
    ):
        return
    print("Collecting the static files ...", flush=True)
    require([str(PYTHON), "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity=0"])
    collected.write_text(print_of_sources.hexdigest())


def lint() -> None:
    """PostgreSQL and SQLite runs of one tree share one look at it."""
    tree = hashlib.sha256(STAMP.read_bytes())
    folders = ("cityportal", "news", "tests", "templates", "benchmarks")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*")] + list(ROOT.glob("*.*"))
    for path in sorted(files):
        if path.suffix in (".py", ".html", ".toml"):
            tree.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    looked_at = BUILD / "lint.stamp"
    if looked_at.exists() and looked_at.read_text() == tree.hexdigest():
        print("Lint and types: nothing changed since they passed.", flush=True)
        return
    templates = sorted(map(str, (ROOT / "templates").rglob("*.html")))
    bin_folder = VENV / "bin"
    commands = (
        [bin_folder / "ruff", "check", "--quiet"],
        [bin_folder / "ruff", "format", "--check", "--quiet"],
        [bin_folder / "djade", "--check", "--target-version=5.2", *templates],
        [PYTHON, "-m", "mypy"],
    )
    codes = [subprocess.run(list(map(str, command)), cwd=ROOT).returncode for command in commands]
    if any(codes):
        sys.exit("Lint or types found the faults above; `make format` mends the layout.")
    looked_at.write_text(tree.hexdigest())


# Processes


def require(command: list[str]) -> None:
    """The command has said what is wrong; its exit code becomes ours."""
    # Not subprocess.run: after Ctrl-C that kills the command, and what it had started would live on.
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL) as process:
        code = process.wait()
    if code:
        sys.exit(code)


def let_threads_finish_their_turn() -> None:
    """Linux lets a thread that wakes push another off its core, also one that holds the lock of Python which
    both need; then neither gets on. In batches (sched(7)) a server on one core gives a third more kept pages.
    """
    if hasattr(os, "SCHED_BATCH"):
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def become(command: list[str]) -> None:
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execv(command[0], command)


def reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
