from django.contrib.auth.management import create_permissions
from django.db import migrations

MODELS = ("officialaccount", "galleryimage", "document")


def let_editors_attach(apps, schema_editor):
    """What hangs on events and officials is edited with them, by the same people."""
    # Permissions come into being after all migrations; the groups need these now.
    config = apps.get_app_config("news")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="news", content_type__model__in=MODELS
    )
    groups = apps.get_model("auth", "Group").objects
    for group in groups.filter(name__in=["Editor", "Publisher", "Administrator"]):
        group.permissions.add(*permissions)
    for group in groups.filter(name="Author"):
        group.permissions.add(*permissions.filter(codename__startswith="view_"))


class Migration(migrations.Migration):
    dependencies = [("news", "0017_remember_preferences")]
    operations = [migrations.RunPython(let_editors_attach, migrations.RunPython.noop)]
