from django.db import migrations, models
from django.db.models.functions import Now, TruncDate


def look_at_every_series(apps, schema_editor):
    # The next tick writes them out and finds how far.
    series = apps.get_model("news", "Event").objects.exclude(recurrence="")
    series.update(written_until=TruncDate(Now()))


class Migration(migrations.Migration):
    dependencies = [("news", "0018_let_editors_attach")]
    operations = [
        migrations.AddField(
            "event",
            "written_until",
            models.DateField(
                db_index=True,
                editable=False,
                help_text="Day up to which a series that goes on has its occurrences; kept by rebuild_occurrences.",
                null=True,
            ),
        ),
        migrations.RunPython(look_at_every_series, migrations.RunPython.noop),
    ]
