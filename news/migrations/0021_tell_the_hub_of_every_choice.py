from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0020_confirm_how_often_letters_come")]
    operations = [
        migrations.AddField("hubping", "touched", models.PositiveBigIntegerField(default=1)),
        migrations.AddField("hubping", "seen", models.PositiveBigIntegerField(default=0)),
        migrations.AddField("hubping", "looked_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "hubping",
            models.Index(
                fields=["next_attempt_at"], name="hub_due", condition=models.Q(("touched__gt", models.F("seen")))
            ),
        ),
    ]
