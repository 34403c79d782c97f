from django_tasks import task


@task()
def tell_hub() -> int:
    """Tell the hub of feeds that changed; the rest, and what fails, is for the next `tick`."""
    from news.publishing import websub

    return websub.tell(most=websub.MOST_AT_ONCE)
