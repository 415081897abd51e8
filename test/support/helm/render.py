"""Renders a chart by Helm's own library. Reads {"library", "chart", "values": […]} as JSON, and writes what came of each."""

import json
import sys

asked = json.load(sys.stdin)
sys.path.insert(0, asked["library"])
import helm_python as helm  # noqa: E402


def render(chart, values):
    try:
        return {"manifests": chart.render(values, name="bell", namespace="prod")}
    except helm.errors.HelmError as error:
        return {"error": str(error)}


with helm.Chart.load(asked["chart"]) as chart:
    rendered = [render(chart, values) for values in asked["values"]]
json.dump({"lint": helm.lint(asked["chart"]), "rendered": rendered}, sys.stdout)
