import contextlib
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import translation
from PIL import Image

from news.pictures import upload
from news.pictures.upload import master
from tests.news.pictures import drawn


def refused(content: bytes, name: str = "foto.jpg") -> str:
    with translation.override("en"):
        with pytest.raises(ValidationError) as caught:
            master(ContentFile(content, name))
        return caught.value.messages[0]


def stored(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(master(BytesIO(content)).read()))
    image.load()
    return image


class TestWhatIsRefused:
    def test_an_empty_file(self):
        assert refused(b"") == "The file is empty. Choose the picture again."

    def test_a_file_beyond_25_megabytes(self):
        assert "has 26 MB; a picture may have up to 25 MB" in refused(
            b"\xff\xd8\xff" + b"0" * 26 * 1024 * 1024
        )

    @pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
    def test_a_picture_beyond_40_megapixels_by_its_header_alone(self):
        # 49 megapixels pass Pillow's own check, 100 make it warn, 900 make it raise.
        for side in (7000, 10_000, 30_000):
            assert "more than 40 megapixels" in refused(drawn.bomb(side, side))

    @pytest.mark.parametrize(("form", "options"), [("WEBP", {"method": 0}), ("AVIF", {"speed": 10})])
    def test_formats_that_take_more_memory_have_a_lower_limit(self, form: str, options: dict[str, int]):
        content = drawn.encoded(Image.new("L", (5000, 5000)), form, **options)

        assert "more than 24 megapixels" in refused(content)

    @pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF"])
    def test_a_moving_picture(self, form: str):
        assert "Moving pictures are not accepted" in refused(drawn.moving(form))

    @pytest.mark.parametrize("form", ["JPEG", "PNG"])
    def test_a_picture_whose_end_is_missing(self, form: str):
        content = drawn.encoded(drawn.scene().effect_spread(20), form)

        assert "part of the file is missing" in refused(content[: len(content) // 2])

    @pytest.mark.parametrize("form", ["WEBP", "AVIF"])
    def test_a_cut_off_modern_picture(self, form: str):
        content = drawn.encoded(drawn.scene().effect_spread(20), form)

        message = refused(content[: len(content) // 2])
        assert "missing" in message or "damaged" in message

    @pytest.mark.filterwarnings("ignore::UserWarning:PIL")
    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
    def test_a_picture_with_broken_bytes_is_refused_or_read_but_never_an_error(self, form: str):
        content = bytearray(drawn.photo(form=form))
        for position in range(12, len(content), max(1, len(content) // 60)):
            broken = bytes(content[:position]) + b"\xff\x00\xff" + bytes(content[position + 3 :])
            with contextlib.suppress(ValidationError):
                assert master(BytesIO(broken)).shape.width == 180

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"%PDF-1.7 ...", "“foto.jpg” is no picture but a PDF document"),
            (b"PK\x03\x04....", "is no picture but an Office document or archive"),
            (b"<!DOCTYPE html><p>", "is no picture but a web page"),
            (b"MZ\x90\0", "is no picture but a program"),
            (b"\0\0\0\x18ftypmp42", "is no picture but a film"),
            (b"\0\0\0\x18ftypheic", "HEIC pictures are not accepted"),
            (b"GIF89a\x01\0\x01\0", "GIF pictures are not accepted"),
            (b"II*\0\x08\0\0\0", "TIFF pictures are not accepted"),
            (b"8BPS\0\x01", "Photoshop pictures are not accepted"),
            (b"plain words", "no picture that can be read"),
            (b"\xff\xd8\xff\xe0 and no more", "damaged"),
        ],
    )
    def test_what_is_no_picture_is_called_by_its_name(self, content: bytes, sentence: str):
        assert sentence in refused(content)

    @pytest.mark.parametrize(
        "content",
        [
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            b"\xef\xbb\xbf<?xml version='1.0'?><!-- x --><SVG onload='x'/>",
        ],
    )
    def test_a_drawing_that_can_hold_programs(self, content: bytes):
        assert "SVG drawings are not accepted" in refused(content, "logo.png")

    def test_thousands_of_scans(self):
        content = drawn.encoded(drawn.scene(64, 64), progressive=True)

        assert "damaged" in refused(content[:-2] + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0" * 200 + b"\xff\xd9")

    def test_every_refusal_speaks_turkish_too(self):
        with translation.override("tr"), pytest.raises(ValidationError) as caught:
            master(ContentFile(b"", "foto.jpg"))

        assert caught.value.messages == ["Dosya boş. Görseli yeniden seçin."]


class TestWhatIsStored:
    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
    @pytest.mark.parametrize("orientation", [1, 6])
    def test_nothing_but_the_picture(self, form: str, orientation: int):
        content = master(BytesIO(drawn.photo(orientation, form) + b"<script>rider</script>")).read()

        for mark in [*drawn.marks(), b"rider"]:
            assert mark not in content

    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
    def test_the_colour_profile_stays(self, form: str):
        assert stored(drawn.photo(form=form)).info["icc_profile"] == drawn.PROFILE

    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
    def test_bytes_that_are_no_profile_go(self, form: str):
        image = stored(drawn.encoded(drawn.scene(), form, icc_profile=b"<script>" * 40))

        assert "icc_profile" not in image.info

    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_the_picture_stands_upright(self, orientation: int):
        turned = drawn.scene()
        undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # what brings the upright scene into that state
        if orientation > 1:
            turned = turned.transpose(Image.Transpose(undo[orientation]))
        image = stored(drawn.encoded(turned, exif=drawn.exif(orientation)))

        assert image.size == (1200, 800)
        assert image.getpixel((20, 20)) > (240, 240, 240)
        assert image.getpixel((600, 780))[2] > 180

    def test_a_photo_keeps_its_quality(self):
        before = Image.open(BytesIO(drawn.photo()))

        assert stored(drawn.photo()).quantization == before.quantization

    def test_a_drawing_keeps_every_pixel(self):
        before = drawn.scene(mode="RGBA")

        assert stored(drawn.encoded(before, "PNG")).tobytes() == before.tobytes()

    @pytest.mark.parametrize(
        ("content", "extension"),
        [
            (drawn.encoded(drawn.scene(), "JPEG"), "jpg"),
            (drawn.encoded(drawn.scene(), "PNG"), "png"),
            (drawn.encoded(drawn.scene(), "WEBP"), "webp"),
            (drawn.encoded(drawn.scene(), "AVIF"), "jpg"),
            (drawn.encoded(drawn.scene(mode="CMYK"), "JPEG"), "jpg"),
            (drawn.encoded(drawn.scene(mode="L"), "JPEG"), "jpg"),
            (drawn.encoded(drawn.scene(mode="P"), "PNG"), "png"),
            (drawn.encoded(drawn.scene(mode="1"), "PNG"), "png"),
            (drawn.encoded(Image.new("I;16", (40, 40), 40_000), "PNG"), "png"),
            (drawn.encoded(Image.new("RGBA", (40, 40), (9, 9, 9, 90)), "AVIF"), "png"),
        ],
    )
    def test_the_extension_comes_from_the_content(self, content: bytes, extension: str):
        checked = master(ContentFile(content, "virus.php"))

        assert checked.name == f"picture.{extension}"
        assert Image.open(BytesIO(checked.read())).mode != "CMYK"
        assert Image.open(BytesIO(checked.quick)).format == "WEBP"

    def test_the_small_picture_tells_nothing_either(self):
        quick = master(BytesIO(drawn.photo(orientation=6))).quick

        assert Image.open(BytesIO(quick)).size == (120, 180)
        assert not any(mark in quick for mark in drawn.marks())

    def test_a_master_is_not_made_twice(self):
        first = master(BytesIO(drawn.photo()))

        assert master(first) is first


class TestWhatIsRead:
    def test_the_credit_of_the_camera(self):
        assert master(BytesIO(drawn.encoded(drawn.scene(), exif=drawn.exif()))).credit == "Ayşe Işık"

    def test_photographer_and_agency_of_the_caption_block(self):
        plain = drawn.encoded(drawn.scene(), exif=drawn.exif(artist="Kamera"))
        content = drawn.with_iptc(plain, "Mehmet Öz".encode(), b"Anadolu")

        assert master(BytesIO(content)).credit == "Mehmet Öz / Anadolu"

    def test_an_old_program_that_wrote_turkish_in_one_byte(self):
        content = drawn.with_iptc(drawn.encoded(drawn.scene()), "Işıl Şen".encode("cp1254"))

        assert master(BytesIO(content)).credit == "Işıl Şen"

    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
    def test_the_creator_of_a_modern_program(self, form: str):
        assert master(BytesIO(drawn.photo(form=form))).credit == "Ayşe Işık / Kent Ajansı"

    def test_entities_in_metadata_are_not_followed(self):
        evil = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + drawn.xmp(creator="&e;")

        assert "root" not in master(BytesIO(drawn.encoded(drawn.scene(), xmp=evil))).credit

    def test_when_it_was_taken_in_istanbul_time(self):
        taken = master(BytesIO(drawn.photo())).taken_at

        assert taken == datetime(2026, 3, 17, 14, 30, tzinfo=ZoneInfo("Europe/Istanbul"))

    @pytest.mark.parametrize("written", ["", "0000:00:00 00:00:00", "yesterday", "2026:13:45 99:99:99"])
    def test_a_nonsense_date_is_none(self, written: str):
        data = drawn.exif()
        data.get_ifd(0x8769)[0x9003] = written

        assert master(BytesIO(drawn.encoded(drawn.scene(), exif=data))).taken_at is None

    def test_control_characters_do_not_get_into_the_credit(self):
        data = drawn.exif(artist="Ayşe\x01\x0b\u202eIşık")

        assert master(BytesIO(drawn.encoded(drawn.scene(), exif=data))).credit == "Ayşe Işık"


def test_the_formats_that_are_taken_in_are_those_that_readers_can_send():
    assert upload.FORMATS == ("JPEG", "PNG", "WEBP", "AVIF")
