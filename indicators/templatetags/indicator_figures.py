from django import template

from indicators.numbers import figure
from indicators.periods import in_words

register = template.Library()
register.filter(figure)
register.filter("period", in_words)
