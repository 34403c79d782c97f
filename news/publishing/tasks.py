from django_tasks import task


@task()
def tell_hub() -> int:
    """Tell the hub of the feeds that changed; what fails is tried again at the next `tick`."""
    from news.publishing import websub

    return websub.tell()
