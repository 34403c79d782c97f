from pathlib import PurePath
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from news.attachments import AttachmentField, file_name

from .article import Article
from .fields import LineField


class ArticleFile(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="files")
    file = AttachmentField(_("file"), upload_to=file_name, max_length=200, db_index=True)
    title = LineField(_("title"), max_length=150, help_text=_("What it is, in the article's language."))
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.size = self.file.size
        super().save(*args, **kwargs)

    def extension(self) -> str:
        return PurePath(str(self.file)).suffix.removeprefix(".").lower()
