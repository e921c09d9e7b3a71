from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kit.guard import key

register = template.Library()


@register.simple_tag(takes_context=True)
def form_key(context: template.Context) -> SafeString:
    request = context.get("request")
    return format_html('<input type="hidden" name="{}" value="{}">', key.FIELD, key.make(request) if request else "")
