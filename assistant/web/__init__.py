"""The chat page: it shows what the engine tells and decides nothing."""
