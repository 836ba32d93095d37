"""Lets `python -m clearinghouse.cli` stand for the clearinghouse command."""

import sys

from clearinghouse.cli.main import main

sys.exit(main())
