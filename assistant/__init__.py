"""One conversation and its faces: agent, planner, evidence, web, api, cli. No formula."""

import os

# Set once, before NumPy loads: tools already run side by side, and threads of BLAS on top of them only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
