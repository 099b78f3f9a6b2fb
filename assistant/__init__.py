"""One conversation and its faces: agent, planner, evidence, web, api, cli. No formula."""
