"""Pictures whose renditions were lost to a restart, or are out of date since an upgrade."""

import logging
from datetime import timedelta

from django.utils import timezone

from news.models import Image

logger = logging.getLogger(__name__)

#: Those just uploaded are being made already.
PATIENCE = timedelta(minutes=5)
#: In one go, so that what else `tick` looks after is not late.
MOST = 20


def make_missing() -> int:
    """Make renditions that are due; a picture whose file cannot be read does not hold up the others."""
    due = Image.objects.without_renditions().filter(uploaded_at__lt=timezone.now() - PATIENCE)
    made = 0
    for image in due.order_by("-pk")[:MOST]:
        try:
            image.make_renditions()
            made += 1
        except OSError:
            logger.exception("The renditions of picture %s cannot be made.", image.pk)
    return made
