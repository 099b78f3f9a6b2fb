"""Structural paths, demand shocks and joint reduction: what runs along single supply chains."""
