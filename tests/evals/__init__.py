"""Bilingual questions whose expected values are recomputed from the dataset's Parquet files, not by our tools."""
