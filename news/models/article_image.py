from django.db import models
from django.utils.translation import gettext_lazy as _

from .article import Article
from .fields import LineField


class ArticleImage(models.Model):
    """A picture in an article's gallery, with its own alternative in the article's language."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="gallery")
    image = models.ForeignKey(
        "Image", verbose_name=_("picture"), on_delete=models.PROTECT, related_name="gallery_uses"
    )
    alt = LineField(_("text alternative"), max_length=250, blank=True)
    decorative = models.BooleanField(_("decorative"), default=False)
    caption = LineField(_("caption"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("gallery picture")
        verbose_name_plural = _("gallery")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="articleimage_alt_or_decorative",
                condition=(models.Q(decorative=True) & models.Q(alt=""))
                | (models.Q(decorative=False) & ~models.Q(alt="")),
                violation_error_message=_("Describe the picture, or mark it as decorative."),
            )
        ]

    def __str__(self) -> str:
        return self.alt or str(self.image)
