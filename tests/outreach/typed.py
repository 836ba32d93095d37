"""Which fields a page that came back points at."""

import re

from django.http import HttpResponse

from tests.web.desk import faults


def fields(response: HttpResponse) -> set[str]:
    """By name; of a field with several boxes the page points at the first."""
    return {re.sub(r"_\d+$", "", target) for target in faults(response)}
