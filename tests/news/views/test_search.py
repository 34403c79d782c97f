import pytest
from django.test import Client

from news import search
from tests.news import make

pytestmark = pytest.mark.django_db


def test_the_page_shows_what_was_found(client: Client):
    found = make.article("Işıklar yandı", body="<p>Meydanda <b>ışık</b> gösterisi &lt;script&gt; vardı.</p>")
    search.index(found)
    page = client.get("/tr/arama/", {"q": "isik"})
    assert page.status_code == 200
    print(page.content.decode())
