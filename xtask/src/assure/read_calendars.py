"""What other programs read in our calendars: icalendar and recurring-ical-events, with dateutil and zoneinfo inside.

    python3 read_calendars.py CALENDARS > MEETINGS

Each line of CALENDARS is {"name", "calendar", "from", "until"}. Each is read twice: with the zones Python knows, and with
every TZID renamed to one nobody knows, so that only the calendar's own VTIMEZONE tells the time. Answers by the part of the
UID before "@".
"""

import json
import re
import sys
from datetime import datetime, timedelta, timezone

import icalendar
import recurring_ical_events


def name(event):
    return str(event["UID"]).split("@")[0]


def starts(text, begins, until):
    calendar = icalendar.Calendar.from_ical(text)
    found = {name(event): set() for event in calendar.walk("VEVENT")}
    # A day more on both sides: the question is when meetings begin, and the library answers which are going on.
    day = timedelta(days=1)
    for event in recurring_ical_events.of(calendar).between(begins - day, until + day):
        start = event["DTSTART"].dt.astimezone(timezone.utc)
        if begins <= start < until:
            found[name(event)].add(start.strftime("%Y-%m-%dT%H:%MZ"))
    return {uid: sorted(times) for uid, times in found.items()}


def main():
    for number, line in enumerate(open(sys.argv[1], encoding="utf-8")):
        case = json.loads(line)
        begins, until = (datetime.fromisoformat(case[end]) for end in ("from", "until"))
        known = starts(case["calendar"], begins, until)
        # The library remembers a zone by its name: each calendar needs names of its own.
        own = starts(re.sub(r"(TZID[=:])([A-Z])", rf"\1X{number}-\2", case["calendar"]), begins, until)
        print(json.dumps({"name": case["name"], "known": known, "own": own}, separators=(",", ":")))


main()
