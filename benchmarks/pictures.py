"""How long an upload takes to answer, its renditions to be made, and how much memory that needs at its peak.

    .venv/bin/python benchmarks/pictures.py [photo.jpg ...]

Without photos it draws some (noise of all scales, as nature has it). Each is measured in a process of its
own, with a database and media folder that are thrown away. Memory is the peak of that process (VmHWM).
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from benchmarks.figure import Figure  # noqa: E402 - run as a file, too

LIMIT_UPLOAD, LIMIT_MEMORY = 1.0, 400
KINDS = [
    # name, size, format, how it is saved
    ("12 MP JPEG", (4000, 3000), "JPEG", {"quality": 90}),
    ("12 MP JPEG, turned", (4000, 3000), "JPEG", {"quality": 90, "turned": True}),
    ("24 MP JPEG", (6000, 4000), "JPEG", {"quality": 90}),
    ("24 MP JPEG, turned", (6000, 4000), "JPEG", {"quality": 90, "turned": True}),
    ("24 MP JPEG, progressive", (6000, 4000), "JPEG", {"quality": 90, "progressive": True}),
    ("40 MP JPEG", (7744, 5164), "JPEG", {"quality": 85}),
    ("24 MP WebP", (6000, 4000), "WEBP", {"quality": 80, "method": 2}),
    ("12 MP AVIF", (4000, 3000), "AVIF", {"quality": 70, "speed": 9}),
    ("8 MP PNG", (3500, 2300), "PNG", {"compress_level": 3}),
]


def draw(size: tuple[int, int]) -> Image.Image:
    """Noise of every scale, the finer the fainter, as photos have it."""
    bands = []
    for _band in range(3):
        picture = Image.effect_noise((size[0] // 512, size[1] // 512), 120).resize(
            size, Image.Resampling.BICUBIC
        )
        for divisor, strength in ((64, 0.35), (16, 0.25), (4, 0.15)):
            finer = Image.effect_noise((size[0] // divisor, size[1] // divisor), 100)
            picture = Image.blend(picture, finer.resize(size, Image.Resampling.BICUBIC), strength)
        bands.append(picture)
    return Image.merge("RGB", bands)


def drawn(folder: Path) -> list[tuple[str, Path]]:
    made, last = [], ((0, 0), Image.new("RGB", (1, 1)))
    for name, size, form, options in KINDS:
        if last[0] != size:
            last = (size, draw(size))
        exif = Image.Exif()
        exif[0x0112] = 6 if options.get("turned") else 1
        path = folder / f"{len(made)}.{form.lower()}"
        saving = {key: value for key, value in options.items() if key != "turned"}
        last[1].save(path, form, exif=exif, **saving)
        made.append((name, path))
    return made


def figures(_setting: object) -> list[Figure]:
    """Of one photo of 24 megapixels."""
    with tempfile.TemporaryDirectory(prefix="bench-pictures-") as scratch:
        photo = Path(scratch) / "24.jpeg"
        draw((6000, 4000)).save(photo, "JPEG", quality=90)
        found = apart(photo, prepared(scratch))
    return [
        Figure("24-megapixel photo: upload answered after", found["upload"], "s", LIMIT_UPLOAD),
        Figure("24-megapixel photo: all renditions, CPU", found["cpu"], "s"),
        Figure("24-megapixel photo: peak memory", found["peak"], "MB", LIMIT_MEMORY),
    ]


def prepared(scratch: str) -> dict[str, str]:
    """The environment of an empty portal there."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cityportal.settings",
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "only-for-measuring",
        "DATA_DIR": scratch,
        "PYTHONPATH": str(ROOT),
    }
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    return environment


def apart(path: Path, environment: dict[str, str]) -> dict[str, float]:
    """What `measure` found in a process of its own."""
    command = [sys.executable, __file__, "--measure", str(path)]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def peak() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def measure(path: str) -> None:
    """In the process of its own."""
    import django

    django.setup()
    from django.db import connection

    from news.models import Image as Picture

    connection.ensure_connection()
    started, used = time.perf_counter(), time.process_time()
    picture = Picture(title="x")
    from django.core.files import File

    from news.pictures.upload import master

    with Path(path).open("rb") as file:
        picture.file = master(File(file, name=path))
    Picture.objects.bulk_create([picture])  # as save() does, without handing the renditions to anybody
    uploaded, upload_cpu = time.perf_counter() - started, time.process_time() - used
    after_upload = peak()
    started, used = time.perf_counter(), time.process_time()
    picture.make_renditions()
    made, cpu = time.perf_counter() - started, time.process_time() - used
    print(
        json.dumps(
            {
                "megapixels": picture.width * picture.height / 1e6,
                "upload": uploaded,
                "renditions": made,
                "upload_cpu": upload_cpu,
                "cpu": cpu,
                "upload_peak": after_upload,
                "peak": peak(),
            }
        )
    )


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bench-pictures-") as scratch:
        environment = prepared(scratch)
        given = [(Path(name).name[:24], Path(name)) for name in sys.argv[1:]]
        pictures = given or drawn(Path(scratch))
        print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
        line = "| {:<24} | {:>3} | {:>5} | {:>8} | {:>10} | {:>12} | {:>14} | {:>14} | {:>7} |"
        print(
            line.format(
                "picture",
                "MP",
                "MB",
                "upload s",
                "of it CPU",
                "renditions s",
                "of it CPU",
                "peak at upload",
                "peak MB",
            )
        )
        print(line.format(*["---"] * 9))
        worst = {"upload": 0.0, "upload_cpu": 0.0, "peak": 0}
        for name, path in pictures:
            found = apart(path, environment)
            print(
                line.format(
                    name,
                    f"{found['megapixels']:.0f}",
                    f"{path.stat().st_size / 1e6:.1f}",
                    f"{found['upload']:.2f}",
                    f"{found['upload_cpu']:.2f}",
                    f"{found['renditions']:.2f}",
                    f"{found['cpu']:.2f}",
                    found["upload_peak"],
                    found["peak"],
                ),
                flush=True,
            )
            if found["megapixels"] <= 24.5 and path.suffix in (".jpg", ".jpeg"):
                worst = {name: max(most, found[name]) for name, most in worst.items()}
        print(
            f"\nJPEG up to 24 megapixels, at worst (goals {LIMIT_UPLOAD} s and {LIMIT_MEMORY} MB): ", end=""
        )
        print("answered after {upload:.2f} s, of it {upload_cpu:.2f} s CPU; {peak} MB".format(**worst))
        # A busy machine makes every wait longer; what the code is to blame for is its processor time.
        return int(worst["upload_cpu"] > LIMIT_UPLOAD or worst["peak"] > LIMIT_MEMORY)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2])
    else:
        sys.exit(main())
