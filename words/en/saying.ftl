# Times, dates, schedules, distances and money, wherever they are said.

weekday-mon = Monday
weekday-tue = Tuesday
weekday-wed = Wednesday
weekday-thu = Thursday
weekday-fri = Friday
weekday-sat = Saturday
weekday-sun = Sunday
weekday-mon-short = Mon
weekday-tue-short = Tue
weekday-wed-short = Wed
weekday-thu-short = Thu
weekday-fri-short = Fri
weekday-sat-short = Sat
weekday-sun-short = Sun
weekdays-mon = Mondays
weekdays-tue = Tuesdays
weekdays-wed = Wednesdays
weekdays-thu = Thursdays
weekdays-fri = Fridays
weekdays-sat = Saturdays
weekdays-sun = Sundays

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-1-short = Jan
month-2-short = Feb
month-3-short = Mar
month-4-short = Apr
month-5-short = May
month-6-short = Jun
month-7-short = Jul
month-8-short = Aug
month-9-short = Sep
month-10-short = Oct
month-11-short = Nov
month-12-short = Dec

# $hour12 is 1 to 12, $hour24 is 0 to 23, $minute is two digits.
time-morning = { $hour12 } am
time-afternoon = { $hour12 } pm
time-morning-minutes = { $hour12 }:{ $minute } am
time-afternoon-minutes = { $hour12 }:{ $minute } pm
time-range = { $start } to { $end }

date-day = { $month } { $day }
date-short = { $weekday }, { $month } { $day }
date-long = { $weekday }, { $month } { $day }
date-with-year = { $month } { $day }, { $year }
date-month-year = { $month } { $year }
date-today = Today
date-tomorrow = Tomorrow
day-at-time = { $day }, { $time }

zone-eastern = Eastern time
zone-central = Central time
zone-mountain = Mountain time
zone-pacific = Pacific time
zone-alaska = Alaska time
zone-hawaii = Hawaii time
zone-of-city = { $city } time

list-and = { $first } and { $last }
list-comma = { $first }, { $rest }

nth-first = 1st
nth-second = 2nd
nth-third = 3rd
nth-fourth = 4th
nth-fifth = 5th
nth-last = last

rule-weekly = { $days }
rule-every-other-week = every other { $day }
rule-every-weeks = { $days }, every { $weeks } weeks
rule-monthly = { $nth } { $day } of the month
rule-every-months = { $nth } { $day } of every { $months } months
rule-dates =
    { $count ->
        [one] one date
       *[other] { $count } single dates
    }
rule-at-time = { $rule }, { $time }
by-appointment = By appointment

minutes-long =
    { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
hours-long =
    { $hours ->
        [one] 1 hour
       *[other] { $hours } hours
    }

distance-miles = { $distance } miles
distance-miles-one = 1 mile
distance-kilometres = { $distance } km

money-usd = ${ $amount }
money-cad = C${ $amount }
money-eur = €{ $amount }
money-gbp = £{ $amount }
