from pathlib import Path

from cityportal.shared_pages import release


def test_a_new_release_shares_no_page_with_the_old(tmp_path: Path) -> None:
    page, manifest = tmp_path / "templates" / "news" / "home.html", tmp_path / "staticfiles.json"
    page.parent.mkdir(parents=True)
    page.write_text("<h1>old</h1>")
    old = release(tmp_path, manifest)
    assert release(tmp_path, manifest) == old
    page.write_text("<h1>new</h1>")
    templates = release(tmp_path, manifest)
    manifest.write_text('{"paths": {"css/site.css": "css/site.1234.css"}}')
    assert len({old, templates, release(tmp_path, manifest)}) == 3
