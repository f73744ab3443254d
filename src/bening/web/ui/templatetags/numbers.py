"""Numbers as people write them: decimal sign of the page's language, a real minus, never a thousands sign."""

from django import template
from django.utils.formats import get_format

register = template.Library()


@register.filter
def number(value: float | None) -> str:
    """A number with the digits it has; a missing one is a dash."""
    if value is None:
        return "–"
    return repr(value).replace(".", get_format("DECIMAL_SEPARATOR")).replace("-", "−")


@register.filter
def signed(value: float) -> str:
    """A difference, always with its sign; zero has none."""
    return f"+{number(value)}" if value > 0 else number(value)


@register.filter
def whole(value: float) -> str:
    """A bound or weight without a trailing zero."""
    return number(int(value) if float(value).is_integer() else value)
