from urllib.parse import quote

from django.conf import settings
from storages.backends.s3 import S3Storage


class GatedS3Storage(S3Storage):
    """Media in a bucket that readers never reach.

    Their addresses are the portal's own, so that what is not public now stays behind the same gate as on a
    disk (`news.views.media`).
    """

    def url(
        self, name: str, parameters: object = None, expire: object = None, http_method: object = None
    ) -> str:
        return settings.MEDIA_URL + quote(name)
