from django.db import migrations
from django.db.models import OuterRef, Subquery

import news.models.fields

HELP = "Whoever changes it begins a new term here."


def to_terms(apps, schema_editor):
    """What was known of the person is taken for all of their terms; editors know better."""
    officials = apps.get_model("news", "Official").objects.filter(pk=OuterRef("official"))
    apps.get_model("news", "Appointment").objects.update(
        party_tr=Subquery(officials.values("party_tr")[:1]),
        party_en=Subquery(officials.values("party_en")[:1]),
    )


def to_people(apps, schema_editor):
    terms = apps.get_model("news", "Appointment").objects.order_by("starts_on").values()
    for term in terms:
        apps.get_model("news", "Official").objects.filter(pk=term["official_id"]).update(
            party_tr=term["party_tr"], party_en=term["party_en"]
        )


def party(language: str) -> migrations.AddField:
    return migrations.AddField(
        "appointment",
        f"party_{language}",
        news.models.fields.LineField(blank=True, help_text=HELP, max_length=80, verbose_name="party"),
    )


class Migration(migrations.Migration):
    dependencies = [("news", "0015_add_what_goes_with_events_and_officials")]

    operations = [
        party("tr"),
        party("en"),
        migrations.RunPython(to_terms, to_people),
        migrations.RemoveField("official", "party_tr"),
        migrations.RemoveField("official", "party_en"),
    ]
