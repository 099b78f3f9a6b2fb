"""The built-in planner: a chat model that compiles a question to tool calls and composes the answer from Results."""
