"""What proven cases take off an index: points by component, never more than the component's cap."""

from collections.abc import Mapping


def deduction(points: Mapping[str, float], caps: Mapping[str, float]) -> dict[str, float]:
    """Points taken off by each component of the method (spi-*.toml, corrections); absent cases take off 0.

    Cases of a component that the method does not know take off nothing: they are evidence, not arithmetic.
    """
    return {component: min(max(points.get(component, 0.0), 0.0), cap) for component, cap in caps.items()}
