"""What the database itself holds of offices and who is in them, past every form."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from news.models import Appointment
from tests.news.make import appointment, office, official

pytestmark = pytest.mark.django_db


def test_two_people_do_not_hold_one_office_without_an_end():
    post = office("Belediye Başkanı")
    appointment(official("Ali Ak"), post)
    other = official("Berk Bal")
    with pytest.raises(IntegrityError):
        appointment(other, post)


def test_a_deputy_acts_beside_the_holder_and_a_council_has_many_members():
    post, council = office("Belediye Başkanı"), office("Meclis Üyesi", shared=True)
    for number in range(2):
        appointment(official(f"Üye {number}"), council)
    appointment(official("Ali Ak"), post)
    appointment(official("Berk Bal"), post, acting=True)
    assert (post.appointments.count(), council.appointments.count()) == (2, 2)


def test_a_term_does_not_end_before_it_begins():
    with pytest.raises(IntegrityError, match="appointment_ends_after_start"):
        appointment(
            official("Ali Ak"), office("Belediye Başkanı"), date(2024, 4, 1), ends_on=date(2024, 3, 31)
        )


def test_a_term_that_has_ended_leaves_no_room_for_another_at_the_same_time():
    post = office("Belediye Başkanı")
    appointment(official("Ali Ak"), post, date(2019, 4, 1), ends_on=date(2024, 3, 31))
    other = official("Berk Bal")
    within = Appointment(official=other, office=post, starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    with pytest.raises(ValidationError, match="Ali Ak"):
        within.full_clean()
    Appointment(
        official=other, office=post, starts_on=date(2024, 4, 1), ends_on=date(2025, 1, 1)
    ).full_clean()
