"""For practitioners: spend-based emission factors and the appraisal of a project."""
