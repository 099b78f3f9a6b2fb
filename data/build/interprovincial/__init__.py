"""The estimated interprovincial input-output table of 2017: 31 provinces by 42 products, from published control totals."""
