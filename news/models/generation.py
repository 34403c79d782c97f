from django.db import models


class Generation(models.Model):
    """One number that rises with every commit that changes what the public sees.

    It decides whether a cached page is fresh, and it is raised inside the publishing transaction, so a
    process that dies right after its commit leaves nothing stale behind.
    """

    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(name="generation_one_row", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        return cls.objects.filter(pk=1).values_list("number", flat=True).first() or 0

    @classmethod
    def rise(cls) -> int:
        """Raise and return the number; the row stays locked until the surrounding transaction ends."""
        if not cls.objects.filter(pk=1).update(number=models.F("number") + 1):
            cls.objects.get_or_create(pk=1)
        return cls.current()
