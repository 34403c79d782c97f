import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import translation

from news.attachments import MAX_BYTES, check
from news.models import ArticleFile
from tests.news import make


def archive(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return out.getvalue()


def refused(content: bytes, name: str) -> str:
    with translation.override("en"):
        with pytest.raises(ValidationError) as caught:
            check(ContentFile(content, name))
        return caught.value.messages[0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7"),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml")),
        ("a.XLSX", archive("xl/workbook.xml")),
        ("a.odt", archive("mimetype", "content.xml")),
        ("a.zip", archive("a.txt")),
        ("a.csv", "ad;soyad\nİpek;Şen".encode()),
        ("a.csv", "ad;soyad\nİpek;Şen".encode("cp1254")),
        ("a.txt", "İpek".encode("utf-16")),
        ("a.mp3", b"\xff\xfb\x90\x64"),
        ("a.mp4", b"\0\0\0\x18ftypmp42"),
    ],
)
def test_what_a_press_office_hands_out_is_taken(name: str, content: bytes):
    check(ContentFile(content, name))


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.exe", "a.docm", "a.pdf.js", "a", ".pdf"])
def test_other_kinds_are_refused_by_name(name: str):
    assert "files are not accepted. Accepted are: pdf, docx" in refused(b"x", name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html>"),
        ("a.docx", b"%PDF-1.7"),
        ("a.docx", archive("xl/workbook.xml")),
        ("a.docx", b"PK\x03\x04 and no archive"),
        ("a.csv", b"MZ\0\0"),
        ("a.mp4", b"ID3"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused(name: str, content: bytes):
    assert "although its name says so" in refused(content, name)


def test_a_document_with_programs_is_refused():
    content = archive("word/document.xml", "word/vbaProject.bin")

    assert "holds macros" in refused(content, "a.docx")


def test_empty_and_endless_files_are_refused():
    assert refused(b"", "a.pdf") == "The file is empty. Choose it again."
    huge = ContentFile(b"%PDF-", "a.pdf")
    huge.size = MAX_BYTES + 1
    with pytest.raises(ValidationError, match="50 MB"):
        check(huge)


@pytest.mark.django_db
def test_the_shell_is_refused_too():
    with pytest.raises(ValidationError):
        ArticleFile.objects.create(article=make.article(), title="x", file=ContentFile(b"<html>", "a.pdf"))


@pytest.mark.django_db
def test_a_name_tells_what_it_is_and_cannot_be_guessed():
    file = ContentFile(b"%PDF-1.7", "Faaliyet Raporu Işık.PDF")
    attached = ArticleFile.objects.create(article=make.article(), title="Rapor", file=file)

    assert attached.file.url.endswith("/faaliyet-raporu-isik.pdf")
    assert len(attached.file.url.split("/")[3]) == 32
    attached.full_clean()
