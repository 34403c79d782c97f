from django_tasks import task


@task()
def send_letters() -> int:
    """Send the letters that are due; whatever fails is due again at the next `tick`."""
    from news.publishing import mailing

    return mailing.send_due()


@task()
def tell_hub() -> int:
    """Tell the hub of the feeds that changed; what fails is tried again at the next `tick`."""
    from news.publishing import websub

    return websub.tell()
