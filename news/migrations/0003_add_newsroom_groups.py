from django.contrib.auth.management import create_permissions
from django.db import migrations

from news.publishing import rights


def make_groups(apps, schema_editor):
    # Permissions come into being after all migrations; the groups need them now.
    for label in ("auth", "news"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    rights.grant(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"))


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0002_generation"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
