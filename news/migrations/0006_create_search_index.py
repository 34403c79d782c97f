from django.db import migrations

from news.search.indexing import LIVE, engine


def create(apps, schema_editor):
    engine().create(LIVE)
    engine().settle(LIVE)


def drop(apps, schema_editor):
    engine().drop(LIVE)


class Migration(migrations.Migration):
    """The tables of the search index. They hold nothing that cannot be made again, so whatever form the code gives
    them today is the right one: `rebuild_search` fills them."""

    dependencies = [("news", "0005_give_pictures_a_folder")]
    operations = [migrations.RunPython(create, drop)]
