from django.db import models


class LinkCheck(models.Model):
    """What an address that a text links to answered last."""

    url = models.CharField(max_length=500, unique=True)
    works = models.BooleanField(default=True)
    answer = models.CharField(max_length=100, blank=True)
    checked_at = models.DateTimeField(null=True)
    articles: models.ManyToManyField = models.ManyToManyField("Article", related_name="links_out")
    events: models.ManyToManyField = models.ManyToManyField("Event", related_name="links_out")
    officials: models.ManyToManyField = models.ManyToManyField("Official", related_name="links_out")

    class Meta:
        indexes = [models.Index(fields=["checked_at"])]

    def __str__(self) -> str:
        return self.url
