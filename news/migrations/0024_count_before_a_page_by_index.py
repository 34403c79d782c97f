from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0023_index_featured_articles_only")]
    operations = [
        migrations.AddIndex(
            "article",
            models.Index(
                fields=["published_at", "id", "language", "kind", "state", "expires_at"], name="article_count"
            ),
        ),
    ]
