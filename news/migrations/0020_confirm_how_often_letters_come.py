from django.db import migrations, models


def write_addresses_small(apps, schema_editor):
    subscriptions = apps.get_model("news", "Subscription").objects
    for row in subscriptions.order_by("pk"):
        small = row.email.lower()
        if small == row.email:
            continue
        if subscriptions.filter(email=small, language=row.language, about=row.about).exists():
            row.delete()
        else:
            subscriptions.filter(pk=row.pk).update(email=small)


class Migration(migrations.Migration):
    dependencies = [("news", "0019_write_series_out")]
    operations = [
        migrations.AddField(
            "subscription",
            "wanted_frequency",
            models.CharField(
                blank=True,
                choices=[
                    ("at_once", "as soon as it is published"),
                    ("daily", "once a day, in the evening"),
                    ("weekly", "once a week, on Monday morning"),
                ],
                default="",
                editable=False,
                help_text="How often it was asked for since; holds when the address confirms.",
                max_length=8,
            ),
        ),
        migrations.AddIndex("subscription", models.Index(fields=["asked_at"], name="subscription_asked")),
        migrations.RunPython(write_addresses_small, migrations.RunPython.noop),
    ]
