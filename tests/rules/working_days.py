"""A table of ten years written apart from the product: each day's name, holiday or not.

Days are walked here month by month, and the holidays are written by hand; the table is there to be
held against the arithmetic, which did not compute it. How far each year's holidays are verified:

- 2020: the nine days of ST/IC/2019/23 as the Dag Hammarskjöld Library gives them,
  https://ask.un.org/faq/112514 (26 May, Eid al-Fitr, had been missing here).
- 2024: the nine days that a newspaper gives for Headquarters from the Secretariat's announcement,
  https://csdn.cc/amp/world/2615133.html; a second-hand source. It names Juneteenth among the
  floating holidays, of which each member of the staff may take one: no day on which the house is shut.
- 2019, 2021, 2022, 2023, 2025: NOT VERIFIED. Written from memory.
- 2026, 2027, 2028: NOT VERIFIED. Expected days; the two Eids depend on the moon, days that fall on a
  weekend on what the circular says, and whether Juneteenth is among the nine is not known.

No circular itself was at hand. How the days are set: https://ask.un.org/faq/14617.
"""

# Month and day of the holidays observed at Headquarters, by year.
HOLIDAYS: dict[int, str] = {
    2019: "0101 0419 0527 0604 0704 0812 0902 1128 1225",
    2020: "0101 0410 0525 0526 0703 0731 0907 1126 1225",
    2021: "0101 0402 0513 0531 0720 0705 0906 1125 1224",
    2022: "0415 0502 0530 0704 0711 0905 1124 1226",
    2023: "0102 0407 0421 0529 0628 0704 0904 1123 1225",
    2024: "0101 0329 0410 0527 0617 0704 0902 1128 1225",
    2025: "0101 0331 0418 0526 0606 0704 0901 1127 1225",
    2026: "0101 0320 0403 0525 0527 0619 0703 0907 1126 1225",
    2027: "0101 0310 0326 0517 0531 0618 0705 0906 1125 1224",
    2028: "0225 0414 0505 0529 0619 0704 0904 1123 1225",
}
FIRST_WEEKDAY = [
    "Tue",
    "Wed",
    "Fri",
    "Sat",
    "Sun",
    "Mon",
    "Wed",
    "Thu",
    "Fri",
    "Sat",
]  # of 1 January, year by year
LENGTHS = "31 28 31 30 31 30 31 31 30 31 30 31"
LEAP = {2020, 2024, 2028}
WEEK = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def days() -> list[tuple[str, bool]]:
    """Every day of the ten years as (YYYY-MM-DD, whether it is worked), by walking the months."""
    table = []
    for year, first in zip(HOLIDAYS, FIRST_WEEKDAY, strict=True):
        weekday, off = WEEK.index(first), set(HOLIDAYS[year].split())
        for month, length in enumerate(map(int, LENGTHS.split()), start=1):
            for day in range(1, length + (month == 2 and year in LEAP) + 1):
                worked = WEEK[weekday] not in {"Sat", "Sun"} and f"{month:02}{day:02}" not in off
                table.append((f"{year}-{month:02}-{day:02}", worked))
                weekday = (weekday + 1) % 7
    return table
