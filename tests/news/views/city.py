"""A small city with something of everything, for tests that walk all pages."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from news import search
from news.models import (
    Alert,
    Article,
    ArticleFile,
    ArticleImage,
    Attendance,
    ChangeNote,
    Correction,
    Event,
    Kind,
    Mention,
    Menu,
    MenuItem,
    Place,
    SiteProfile,
    SocialAccount,
    Status,
    Tag,
)
from tests.news.make import appointment, article, articles, event, image, office, official, topic

TEXT = (
    "<p>Seferler <a href='https://kent.example/'>yarım saatte bir</a> yapılacak.</p>"
    "<h2>Yolculuk</h2><p>Kart yeter.</p><blockquote><p>“Kent gece de yaşıyor.”</p></blockquote>"
    "<h2>Saatler</h2><table><thead><tr><th>İskele</th><th>Son</th></tr></thead>"
    "<tbody><tr><td>Konak</td><td>01.30</td></tr></tbody></table>"
    "<h2>Sırada</h2><ul><li>Bostanlı</li></ul><p>" + "Ayrıntı 153 hattından. " * 220 + "</p>"
)


def build() -> dict[str, str]:
    """Makes it and gives the addresses of its pages by name."""
    now = timezone.now()
    SiteProfile.objects.create(
        pk=1,
        name_tr="Körfezkent Belediyesi",
        name_en="City of Körfezkent",
        short_name_tr="Körfezkent",
        short_name_en="Körfezkent",
        description_tr="Kentin haberleri",
        description_en="News of the city",
        phone="153",
        email="bilgi@kent.example",
        address="Sahil 1",
    )
    SocialAccount.objects.create(network="x", url="https://x.com/kent")
    for position, (tr, en) in enumerate([("Nöbetçi eczaneler", "Pharmacies"), ("Haberler", "News")]):
        MenuItem.objects.create(
            menu=Menu.QUICK,
            label_tr=tr,
            label_en=en,
            url_tr="https://dis.example/" if position else "/tr/",
            url_en="/en/",
            icon="place",
            position=position,
        )
    Alert.objects.create(severity="warning", text_tr="Fırtına", text_en="Storm", url_tr="/tr/", url_en="/en/")

    drawn = image()
    topic(
        "Ulaşım",
        name_en="Transport",
        description_tr="Raylar ve vapurlar.",
        description_en="Rails and ferries.",
    )
    konak = Place.objects.create(name_tr="Konak", name_en="Konak")
    hall = Place.objects.create(
        name_tr="Büyük Salon",
        name_en="Main Hall",
        within=konak,
        address="Sahil 1",
        latitude="38.4",
        longitude="27.1",
    )
    mayor, former, guest = (
        official("Nermin Çağlar", portrait=drawn, district=konak, biography_tr="<p>1971.</p>"),
        official("Kâmil Yıldırım"),
        official("Sergey Cheremin", listed=False),
    )
    post = office(
        "Belediye Başkanı", email="baskan@kent.example", phone="0232", responsibilities_tr="Temsil eder."
    )
    appointment(mayor, post)
    appointment(former, post, now.date().replace(year=2019), ends_on=now.date().replace(year=2023, day=1))
    office("Genel Sekreter")

    articles(14, tags=["Ulaşım"], summary="Kısa özet.")
    story = article(
        "Gece vapurları başlıyor",
        summary="Yarım saatte bir.",
        body=TEXT,
        lead_image=drawn,
        lead_alt="Vapur",
        lead_caption="İlk sefer",
        byline="Basın Bürosu",
        place=hall,
        tags=["Ulaşım", "vapur"],
        published_at=now - timedelta(hours=2, minutes=30),
        changed_at=now + timedelta(days=1),
    )
    article(
        "Night ferries begin",
        language="en",
        translation_key=story.translation_key,
        summary="Twice an hour.",
        body="<p>Text.</p>",
        tags=["Transport"],
        lead_image=drawn,
        lead_alt="Ferry",
    )
    Mention.objects.create(article=story, official=mayor)
    Mention.objects.create(
        article=story, official=guest, office_as_given="Moskova Hükûmeti Bakanı", position=1
    )
    ArticleImage.objects.create(article=story, image=drawn, alt="İskele", caption="İskele")
    ArticleFile.objects.create(
        article=story, file=ContentFile(b"%PDF-1.4 tarife", "tarife.pdf"), title="Tarife"
    )
    ChangeNote.objects.create(article=story, note="Saatler eklendi.")
    Correction.objects.create(article=story, wrong="02.00", right="Son sefer 01.30.")
    old = article("Eski duyuru", kind=Kind.NOTICE, published_at=now - timedelta(days=500))

    concert = event(
        "Körfez Işıkları",
        title_en="Lights of the Bay",
        place=hall,
        image=drawn,
        image_alt_tr="Sahne",
        image_alt_en="Stage",
        tags=["Ulaşım"],
        summary_tr="Açık havada.",
        description_tr="<p>Herkese açık.</p>",
        audience_tr="Herkes",
        contact="k@kent.example",
        status=Status.RESCHEDULED,
        previous_start_date=now.date(),
        recurrence="FREQ=WEEKLY;COUNT=4",
    )
    concert.participants.add(mayor)
    event(
        "Çevrim içi söyleşi",
        title_en="Online talk",
        status=Status.MOVED_ONLINE,
        attendance=Attendance.ONLINE,
        join_url="https://c.example/",
        part_of=concert,
    )
    event("İptal", title_en="Off", status=Status.CANCELLED, starts_at=now + timedelta(hours=30))
    story.events.add(concert)
    story.relist()
    search.index(*Article.objects.all(), *Event.objects.all(), mayor, former)

    month = now.strftime("%Y/%m")
    tag = Tag.objects.get(name_tr="Ulaşım")
    return {
        "home": "/tr/",
        "home-en": "/en/",
        "news": "/tr/haberler/",
        "news-en": "/en/news/",
        "news-empty": "/tr/haberler/?kind=statement",
        "news-refused": f"/tr/haberler/?kind=story&topic={tag.pk}&year=2026",
        "archive": f"/tr/arsiv/{month}/",
        "article": story.get_absolute_url(),
        "article-old": old.get_absolute_url(),
        "article-en": story.translations().get().get_absolute_url(),
        "not-translated": f"/en/news/{old.pk}/{old.slug}/",
        "officials": "/tr/yoneticiler/",
        "officials-en": "/en/officials/",
        "official": mayor.get_absolute_url("tr"),
        "official-en": mayor.get_absolute_url("en"),
        "former": former.get_absolute_url("tr"),
        "events": "/tr/etkinlikler/",
        "events-en": "/en/events/",
        "events-empty": "/tr/etkinlikler/?kind=fair",
        "event": concert.get_absolute_url("tr"),
        "event-en": concert.get_absolute_url("en"),
        "month": f"/tr/takvim/{concert.first_day:%Y/%m}/",
        "month-en": f"/en/calendar/{concert.first_day:%Y/%m}/",
        "topics": "/tr/konular/",
        "topic": tag.get_absolute_url("tr"),
        "topic-en": tag.get_absolute_url("en"),
        "search": "/tr/arama/?q=vapur",
        "search-en": "/en/search/?q=ferries",
        "search-empty": "/tr/arama/?q=zzzz",
        "feeds": "/tr/akislar/",
        "feeds-en": "/en/feeds/",
        "follow": "/tr/takip/",
        "follow-en": "/en/follow/",
        "accessibility": "/tr/erisilebilirlik/",
        "criteria": "/tr/erisilebilirlik/olcutler/",
        "criteria-en": "/en/accessibility/criteria/",
        "site-map": "/tr/site-haritasi/",
        "site-map-en": "/en/site-map/",
        "corrections": "/tr/duzeltmeler/",
        "style": "/tr/stil/",
        "style-en": "/en/style/",
        "missing": "/tr/yok/",
        "missing-en": "/en/nothing/",
        "leave-not-known": "/tr/takip/leave/abc/",
        "leave-not-known-en": "/en/follow/leave/abc/",
        "confirm-not-known": "/tr/takip/confirm/abc/",
        "confirm-not-known-en": "/en/follow/confirm/abc/",
    }
