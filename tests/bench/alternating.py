"""Two settings measured in turn, so that a slow minute hits both alike."""

import statistics

FIGURES = ("notices_per_s", "cpu_s_per_1000")


def measure(settings, runs, once):
    """{setting: [result, …]} of `once(name, sections)`."""
    results = {name: [] for name in settings}
    for _ in range(runs):
        for name, sections in settings.items():
            results[name].append(once(name, sections))
    return results


def compare(results):
    """The medians of both, and each figure with against without."""
    medians = {
        name: {figure: statistics.median(result[figure] for result in several) for figure in FIGURES}
        for name, several in results.items()
    }
    ratio = {figure: round(medians["with"][figure] / medians["without"][figure], 3) for figure in FIGURES}
    return {"medians": medians, "with_to_without": ratio, "all": results}
