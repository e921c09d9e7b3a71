from django import template

from meetings.whom import theme_of

register = template.Library()
register.filter("theme_of", theme_of)
