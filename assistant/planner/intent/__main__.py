"""Fit the intent model to the utterances and write its weights: ``python -m assistant.planner.intent``."""

from __future__ import annotations

from assistant.planner.intent.fit import fitted, seen_in
from assistant.planner.intent.model import FILE
from assistant.planner.intent.utterances import labelled
from assistant.planner.intent.weights import save


def main() -> None:
    """Write the weights of all utterances."""
    asked = labelled()
    weights = fitted([seen_in(question) for question, _ in asked], [tool for _, tool in asked])
    save(weights, FILE)
    size = FILE.stat().st_size / 1e6
    print(
        f"{len(asked)} utterances, {len(weights.classes)} classes, {len(weights.index)} features, {size:.2f} MB: {FILE}"
    )


if __name__ == "__main__":
    main()
