"""Django's cache in Redis or Valkey, whose faults are `ConnectionError`s: who uses the cache need not know
what it is kept in.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends import redis
from redis.exceptions import RedisError


def told_plainly(ask: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(ask)
    def asked(*args: Any, **kwargs: Any) -> Any:
        try:
            return ask(*args, **kwargs)
        except RedisError as fault:
            raise ConnectionError(f"the cache is away: {fault}") from fault

    return asked


class RedisCache(redis.RedisCache):
    add = told_plainly(redis.RedisCache.add)
    get = told_plainly(redis.RedisCache.get)
    set = told_plainly(redis.RedisCache.set)
    touch = told_plainly(redis.RedisCache.touch)
    delete = told_plainly(redis.RedisCache.delete)
    get_many = told_plainly(redis.RedisCache.get_many)
    has_key = told_plainly(redis.RedisCache.has_key)
    incr = told_plainly(redis.RedisCache.incr)
    set_many = told_plainly(redis.RedisCache.set_many)
    delete_many = told_plainly(redis.RedisCache.delete_many)
    clear = told_plainly(redis.RedisCache.clear)
