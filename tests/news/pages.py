"""Pages as a person reads them: words, headings and links instead of markup."""

import json
import re
from typing import Any

from django.test import Client
from lxml import html


class Read:
    """A page that was asked for, with what every page must have already checked."""

    def __init__(self, client: Client, address: str, status: int = 200, **query: object) -> None:
        self.response = client.get(address, query)
        assert self.response.status_code == status, f"{address}: {self.response.status_code}"
        assert not self.response.cookies
        self.source = self.response.content.decode()
        assert "csrf" not in self.source
        self.document = html.document_fromstring(self.source)
        assert len(self.document.xpath("//h1")) == 1

    def all(self, xpath: str) -> list[str]:
        """The texts of what `xpath` finds; attributes as they are."""
        found = self.document.xpath(xpath)
        return [item if isinstance(item, str) else words(item) for item in found]

    def one(self, xpath: str) -> str:
        (found,) = self.all(xpath)
        return found

    @property
    def main(self) -> str:
        return self.one("//main")

    @property
    def heading(self) -> str:
        return self.one("//h1")

    @property
    def titles(self) -> list[str]:
        """What the cards of the list are about, in their order."""
        return self.all("//main//*[contains(@class, 'card__title')]/a")

    def link(self, label: str) -> str:
        found = [a.get("href") for a in self.document.xpath("//a") if words(a) == label]
        assert found, f"no link “{label}”"
        return found[0]

    def has_link(self, label: str) -> bool:
        return any(words(a) == label for a in self.document.xpath("//a"))

    def meta(self, name: str) -> list[str]:
        return self.all(f"//meta[@name='{name}' or @property='{name}']/@content")

    @property
    def things(self) -> list[dict[str, Any]]:
        """What is told to machines, in the words of schema.org."""
        return [json.loads(text) for text in self.all("//script[@type='application/ld+json']/text()")]

    @property
    def alternates(self) -> dict[str, str]:
        links = self.document.xpath("//head/link[@rel='alternate' and @hreflang]")
        return {link.get("hreflang"): link.get("href") for link in links}


def words(element: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", " ".join(element.itertext())).strip()
