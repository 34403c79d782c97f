from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0021_tell_the_hub_of_every_choice")]
    operations = [
        migrations.AddField(
            "linkcheck", "events", models.ManyToManyField(related_name="links_out", to="news.event")
        ),
        migrations.AddField(
            "linkcheck", "officials", models.ManyToManyField(related_name="links_out", to="news.official")
        ),
    ]
