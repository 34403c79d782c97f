from django.db.models import QuerySet

from news.models import Place, prepared


@prepared()
def districts() -> QuerySet[Place]:
    """What lists offer to be narrowed to."""
    return Place.objects.districts().only("name_tr", "name_en").alphabetical()[:100]
