"""The newsroom's list of articles, filter by filter: `python -m benchmarks.lists --articles 100000`.

Makes an archive (in SQLite, or in the database that `--database` names) with one person's articles, a topic
and a place among it, and prints milliseconds of the whole page, and of this process in it, which a busy
machine does not lengthen: of both the slowest of some turns after a first one.
`--explain` also prints how the database reads each.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

#: Milliseconds that a page may take.
TARGET = 300.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--database", default="", help="the address of an empty database; it is filled")
    parser.add_argument("--folder", default="", help="where the archive is kept for another run")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--explain", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(options.folder or scratch).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        os.environ |= {
            "DATA_DIR": str(folder),
            "SECRET_KEY": "a-key-for-measuring-that-guards-nothing-0123456789-0123456789",
            "SITE_URL": "http://testserver",
            "ALLOWED_HOSTS": "testserver",
            "DJANGO_SETTINGS_MODULE": "cityportal.settings",
            "ENV_FILE": os.devnull,
        }
        if options.database:
            os.environ["DATABASE_URL"] = options.database
        import django

        django.setup()
        fill(options.articles)
        sys.exit(measure(options.turns, options.explain))


def one_colour(key: str) -> Any:
    import PIL.Image

    return PIL.Image.new("RGB", (300, 200), "steelblue")


def fill(articles: int) -> None:
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from django.db import connection

    from news.demo import archive
    from news.models import Article

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("collectstatic", interactive=False, verbosity=0)
    if archive.count() < articles:
        call_command("load_demo", articles=articles, draw=one_colour)
        call_command("rebuild_search")
    user, new = User.objects.get_or_create(username="measure", defaults={"is_staff": True})
    if new:
        user.groups.add(Group.objects.get(name="Administrator"))
    # A tenth is of one author, and a few are drafts, as in a newsroom.
    tenth = Article.objects.filter(pk__in=Article.objects.order_by("pk").values("pk")[: articles // 10])
    tenth.update(author=user)
    drafts = Article.objects.filter(pk__in=Article.objects.order_by("-pk").values("pk")[:200])
    drafts.update(state="draft", published_at=None, first_published_at=None)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A server does so by itself, a little later.
            cursor.execute("ANALYZE")


def questions() -> dict[str, dict[str, Any]]:
    from django.contrib.auth.models import User
    from django.db.models import Count

    from news.models import Mention, Place, Tag

    def most(model: Any, relation: str) -> int:
        rows = model.objects.annotate(number=Count(relation)).order_by("-number", "pk")
        return rows.values_list("pk", flat=True).first()

    tag, place = most(Tag, "articletags"), most(Place, "articles")
    person = (
        Mention.objects.values("official").annotate(number=Count("pk")).order_by("-number")[0]["official"]
    )
    author = User.objects.get(username="measure").pk
    return {
        "all": {},
        "page 40": {"p": 40},
        "a common word": {"q": "vapur"},
        "two words": {"q": "belediye park"},
        "a rare word": {"q": "boylesiyokki"},
        "draft": {"state": "draft"},
        "public": {"state": "public"},
        "scheduled": {"state": "scheduled"},
        "expired": {"state": "expired"},
        "withdrawn": {"state": "withdrawn"},
        "working copies": {"state": "copies"},
        "kind": {"kind": "notice"},
        "language": {"language": "en"},
        "topic": {"topic": tag},
        "person": {"person": person},
        "place": {"place": place},
        "author": {"author": author},
        "a day": {"since": "2016-03-18", "until": "2016-03-18"},
        "ten years": {"since": "2008-01-01", "until": "2018-01-01"},
        "topic and kind and word": {"topic": tag, "kind": "statement", "q": "park"},
        "author and place and year": {"author": author, "place": place, "since": "2020-01-01"},
        "person and rare word": {"person": person, "q": "boylesiyokki"},
        "the longest untouched first": {"o": "6"},
        **{f"desk: {name}": {"desk": name} for name in desk_choices()},
    }


def desk_choices() -> list[str]:
    from news.admin.attention import CHOICES

    return list(CHOICES)


def measure(turns: int, explain: bool) -> int:
    from django.contrib.auth.models import User
    from django.test import Client, override_settings

    # Nobody is there to show a second factor.
    override_settings(SECOND_FACTOR_REQUIRED=False).enable()
    client = Client()
    client.force_login(User.objects.get(username="measure"))
    slow = 0
    print(f"{'slowest':32}{'ms':>8}{'processor':>10}{'rows':>10}")
    for name, asked in questions().items():
        taken: list[float] = []
        processor: list[float] = []
        for _turn in range(turns + 1):
            begun, worked = time.perf_counter(), time.process_time()
            answer = client.get("/admin/news/article/", asked)
            taken.append((time.perf_counter() - begun) * 1000)
            processor.append((time.process_time() - worked) * 1000)
            if answer.status_code != 200:
                sys.exit(f"{name}: {answer.status_code} {answer.headers.get('Location', '')}")
        worst = max(taken[1:])
        slow += worst > TARGET
        rows = answer.context_data["cl"].result_count
        late = "" if worst <= TARGET else "  TOO SLOW"
        print(f"{name:32}{worst:8.0f}{max(processor[1:]):10.0f} {rows:9}{late}", flush=True)
        if explain:
            print(answer.context_data["cl"].queryset[:50].explain(), "\n")
    return 1 if slow else 0


if __name__ == "__main__":
    main()
