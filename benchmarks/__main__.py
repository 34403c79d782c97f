"""`make bench`: the portal beside what a reader could be served by instead, as ratios.

All parts, or those named: `python -m benchmarks rendered stampede --data /tmp/bench`. What is done stays
printed when it is interrupted.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tqdm import tqdm

from benchmarks import archive, cached, crowd, flood, growth, pictures, rendered, running
from benchmarks.figure import Figure, Setting

PARTS: dict[str, Callable[[Setting], Iterable[Figure]]] = {
    "cached": cached.figures,
    "rendered": rendered.figures,
    "size": growth.figures,
    "databases": rendered.by_database,
    "stampede": crowd.stampede,
    "visible": crowd.visible,
    "start": running.start_up,
    "memory": running.memory,
    "readers": crowd.keep_alive,
    "flood": flood.figures,
    "picture": pictures.figures,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="part", help=", ".join(PARTS))
    parser.add_argument("--articles", type=int, default=1_000_000, help="articles of the large archive")
    parser.add_argument("--data", type=Path, help="a folder to keep the archives in, for another run")
    parser.add_argument("--large", type=Path, help="a data folder with a large archive that is there already")
    parser.add_argument(
        "--postgres", default="", help="address of a database server; a database is made there and dropped"
    )
    parser.add_argument("--redis", default="", help="address of a Redis to see two servers with")
    parser.add_argument("--quick", action="store_true", help="short rounds and a large archive of 20,000")
    given = parser.parse_args()
    setting = Setting(
        folder=given.data or Path(tempfile.mkdtemp(prefix="bench-")),
        articles=20_000 if given.quick else given.articles,
        large_folder=given.large,
        postgres=given.postgres,
        redis=given.redis,
        quick=given.quick,
    )
    cores, version = os.cpu_count(), platform.python_version()
    print(f"{time.strftime('%Y-%m-%d %H:%M')}, {processor()}, {cores} cores, Python {version}")
    print(f"{'what':58} {'measured':>22} {'goal':>10}      load", flush=True)
    archive.small(setting)
    missed = 0
    try:
        for name in tqdm(given.parts or PARTS, unit="part", disable=not sys.stderr.isatty()):
            for figure in PARTS[name](setting):
                missed += not figure.holds
                tqdm.write(f"{figure} {os.getloadavg()[0]:9.1f}")
                sys.stdout.flush()
    except KeyboardInterrupt:
        sys.exit("interrupted")
    sys.exit(1 if missed else 0)


def processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


if __name__ == "__main__":
    main()
