from django import template

from meetings.agenda import length

register = template.Library()
register.filter("length_in_words", length)
