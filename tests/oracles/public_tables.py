"""Where the public tables of R's `survey` package lie, for whoever has them; they are not ours to ship.

Set R_SURVEY_TABLES to a folder with apistrat.csv, apiclus1.csv, apiclus2.csv (`write.csv` of `data(api)`);
tests that need a table skip themselves without it.
"""

import os
from pathlib import Path

TABLES = Path(os.environ.get("R_SURVEY_TABLES", Path(__file__).parent / "r-survey"))
