"""Input-output analysis: algebra, accounts and the tools over them."""
