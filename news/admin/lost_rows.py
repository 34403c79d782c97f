from typing import Any

from .picking import KnowingFormSet


class KeepingFormSet(KnowingFormSet):
    """Rows that somebody else deleted while the form was open come back as new rows: what was typed stays.

    Django would refuse such a row for good, because the key it carries is gone.
    """

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        if self.is_bound and self.management_form.is_valid():
            self._bring_back()

    def _bring_back(self) -> None:
        key = self.model._meta.pk.name
        there = {str(pk) for pk in self.get_queryset().values_list("pk", flat=True)}
        first, total = self.initial_form_count(), self.total_form_count()
        numbers = range(min(total, self.absolute_max))
        lost = [n for n in numbers[:first] if self.data.get(f"{self.prefix}-{n}-{key}", "") not in there]
        if not lost:
            return
        kept = [n for n in numbers[:first] if n not in lost]
        order = kept + [n for n in numbers if n not in kept]
        data, files = self.data.copy(), self.files.copy()
        for source in (data, files):
            rows = {n: self._row(source, n) for n in numbers}
            for row in rows.values():
                for name, _values in row:
                    source.pop(name, None)
            for place, n in enumerate(order):
                for name, values in rows[n]:
                    field = name.removeprefix(f"{self.prefix}-{n}-")
                    if not (n in lost and field == key):
                        source.setlist(f"{self.prefix}-{place}-{field}", values)
        data[f"{self.prefix}-INITIAL_FORMS"] = str(len(kept))
        self.data, self.files = data, files
        del self.management_form

    def _row(self, source: Any, number: int) -> list[tuple[str, list[Any]]]:
        start = f"{self.prefix}-{number}-"
        return [(name, source.getlist(name)) for name in source if name.startswith(start)]
