from django.db import models
from django.utils import timezone

from .fields import PlainTextField


class HubPing(models.Model):
    """What the hub was last told of one feed. The path and not the address: a feed outlives its domain."""

    path = models.CharField(max_length=60, unique=True)
    told = models.CharField(max_length=40, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    error = PlainTextField(blank=True, default="")

    def __str__(self) -> str:
        return self.path
