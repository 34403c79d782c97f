from django_tasks import task


@task()
def send_letters() -> int:
    """Send the letters that are due; whatever fails is due again at the next `tick`."""
    from news.publishing import mailing

    return mailing.send_due()
