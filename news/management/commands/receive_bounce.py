import sys
from email import message_from_binary_file, policy
from email.message import Message
from typing import Any

from django.core.management.base import BaseCommand

from news.publishing import mailing


class Command(BaseCommand):
    help = "Reads one returned letter (RFC 3464) from standard input; let the mail server pipe bounces here."

    def handle(self, *args: Any, **options: Any) -> None:
        letter = message_from_binary_file(sys.stdin.buffer, policy=policy.default)
        for address in refused_for_good(letter):
            mailing.bounced(address)
            self.stdout.write("counted a bounce")


def refused_for_good(letter: Message) -> list[str]:
    """The recipients with a permanent failure (status 5.x.x); those that may work later do not count."""
    found = []
    for part in letter.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in part.get_payload():
            if not isinstance(block, Message) or not str(block.get("Status", "")).strip().startswith("5"):
                continue
            kind, _, address = str(block.get("Final-Recipient", "")).partition(";")
            if kind.strip().lower() == "rfc822" and address.strip():
                found.append(address.strip())
    return found
