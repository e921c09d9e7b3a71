from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draw every form and every field with a single template each (templates/forms/)."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
