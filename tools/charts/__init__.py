"""Charts: language-neutral specifications, and their rendering as Plotly figures."""
