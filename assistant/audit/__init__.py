"""The audit: no figure is shown that the ledger does not bear out."""
