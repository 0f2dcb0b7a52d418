"""Input for the demo and the benchmark: everybody in it is made up, the published figures come out exactly."""
