"""The roadmap model: a scenario engine over an input-output table, for China and for the 31 provinces at once."""
