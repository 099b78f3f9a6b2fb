"""Baseline, benchmark and backbone: lists of model places and sectors, an own company beside them, a province's profile."""
