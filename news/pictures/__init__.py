"""Pictures as files, away from the database: what is taken in, what is stored, what readers are served.

For those who show pictures (templates, feeds, structured data), given `image: news.models.Image`:

    {% load pictures %}
    {% picture image "lead" alt=article.lead_alt decorative=article.lead_decorative eager=True %}
    {% picture image "card" decorative=True sizes="(min-width: 60rem) 20rem, 92vw" %}
    {% picture official.portrait "portrait" alt=official.name %}
    {% image_url image "share" %}                        an address alone

    image.rendition("share")     Rendition(url, width, height, type): a JPEG of 1200 x 630, to share
    image.share_length           its bytes, for an enclosure; 0 until the renditions are made
    image.url                    the full picture, for downloads
    image.body_url               the `src` within rich text: it stays when the file is replaced

    The uses are "lead", "card", "portrait", "body" (uncropped), "thumb" (200 x 200), "share", and
    "search-1x1", "search-4x3" and "search-16x9" for search engines.

    {% load pictures %} {{ html|with_pictures:images }} with images = Image.objects.in_body_of(article), one
    query: turns each of our pictures within rich text into a `picture` element of "body" renditions.

All of it is computed from the row: no query, no storage access.

For those who bring pictures in (forms, loaders, the shell):

    Image.from_upload(file, title="...", alt_tr="...", alt_en="...", credit="...")

`file` is a path, an open file or an upload. It raises `ValidationError`, whose sentences are for the editor.
Renditions are made by a task after commit; `manage.py make_renditions` makes those that are missing. Whatever
way a file reaches `Image.file`, it passes `upload.master`.

An attachment: `ArticleFile.objects.create(article=..., file=File(...), title="...")`; show its `file.url`.
"""
