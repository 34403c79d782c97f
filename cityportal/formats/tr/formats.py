"""Where Django's Turkish formats depart from how dates are written: no leading zero, a stop in the time."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H.i"
TIME_FORMAT = "H.i"
SHORT_DATE_FORMAT = "j.n.Y"
SHORT_DATETIME_FORMAT = "j.n.Y, H.i"
MONTH_DAY_FORMAT = "j F"
