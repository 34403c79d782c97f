from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0022_check_links_of_events_and_officials")]
    operations = [
        migrations.RemoveIndex("article", "article_featured"),
        migrations.AddIndex(
            "article",
            models.Index(
                fields=["language", "featured_until"],
                condition=models.Q(featured_until__isnull=False),
                name="article_featured",
            ),
        ),
    ]
