"""What changed and why, and what a place is specialised in: decompositions, decoupling, location quotients."""
