"""Benchmarks: linear contraction, and the gap to the best province."""
