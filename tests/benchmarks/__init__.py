"""Speed, measured in one run: ratios are what counts, seconds are printed beside the machine, nothing is asserted."""
