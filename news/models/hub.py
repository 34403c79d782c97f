from django.db import models
from django.utils import timezone

from .fields import PlainTextField


class HubPing(models.Model):
    """What the hub was last told of one feed. The path and not the address: a feed outlives its domain."""

    path = models.CharField(max_length=60, unique=True)
    told = models.CharField(max_length=40, blank=True, default="")
    #: How often something that stands in the feed has changed, and how much of that was looked at.
    touched = models.PositiveBigIntegerField(default=1)
    seen = models.PositiveBigIntegerField(default=0)
    #: Of a whole feed: up to when it is known what came due by itself.
    looked_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    error = PlainTextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="hub_due", condition=models.Q(touched__gt=models.F("seen"))
            )
        ]

    def __str__(self) -> str:
        return self.path
