"""Standards for ICT as calculators: L.1470 trajectories, L.1480 assessments, the checklist of the dual-carbon platform."""
