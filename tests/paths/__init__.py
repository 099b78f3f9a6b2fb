"""Tests of structural paths, shocks and joint reduction."""
