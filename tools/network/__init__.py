"""The economy as a network: flows, backbone, measures and communities; descriptions of a table, never causes."""
