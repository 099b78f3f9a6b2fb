"""Writers of outside formats: arrays and tables in, a file or folder out; they know no dataset and no tool."""
