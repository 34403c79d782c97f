from django.db import models
from django.utils import timezone


class Submission(models.Model):
    """A form that was taken. The same form sent twice is answered as it was the first time."""

    digest = models.CharField(max_length=64, unique=True)
    location = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.location
