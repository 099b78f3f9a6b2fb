"""What can be known: each tool is one typed function from arguments to a Result. No model, no screen."""
